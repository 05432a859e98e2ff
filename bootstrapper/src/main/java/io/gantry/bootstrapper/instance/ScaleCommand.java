package io.gantry.bootstrapper.instance;

import static io.gantry.bootstrapper.platform.PlatformService.LOAD_BALANCER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** {@code gantry scale}. */
@Command(
        name = "scale",
        description = "Say how many instances a service is to have, whatever autoscaling thinks.",
        footer = {"%nExample:", "  gantry scale shop app-server=3"})
public final class ScaleCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private String app = "";

    @Parameters(
            index = "1",
            paramLabel = "SERVICE=N",
            converter = Wanted.Converter.class,
            description = "The service, and how many instances.")
    private Wanted wanted = new Wanted("", 0);

    private record Wanted(String service, int replicas) {
        static final class Converter implements ITypeConverter<Wanted> {
            @Override
            public Wanted convert(String typed) {
                int equals = typed.indexOf('=');
                try {
                    return new Wanted(
                            typed.substring(0, Math.max(0, equals)), Integer.parseInt(typed.substring(equals + 1)));
                } catch (NumberFormatException notANumber) {
                    throw new TypeConversionException("'" + typed + "' is not SERVICE=N, as in app-server=3");
                }
            }
        }
    }

    public ScaleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = Route.to(LOAD_BALANCER, "apps", app, "services", wanted.service(), "scale");
        JsonNode answer = session.platform().post(route, Map.of("replicas", wanted.replicas()));
        return session.show(
                answer,
                JsonNode.class,
                _ -> session.terminal()
                        .say("%s is to have %d instances. Watch it with: gantry ps %s"
                                .formatted(wanted.service(), wanted.replicas(), app)));
    }
}
