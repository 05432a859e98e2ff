package io.gantry.bootstrapper.instance;

import static io.gantry.bootstrapper.platform.PlatformService.LOAD_BALANCER;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.manifest.TimeSpan;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry scale}. */
@Command(
        name = "scale",
        description = {
            "Say how many instances a service is to have, whatever autoscaling thinks.",
            "When that time is over, autoscaling goes on from there."
        },
        footer = {"%nExample:", "  gantry scale shop app-server=3 --for 30m"})
public final class ScaleCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private String app = "";

    @Parameters(
            index = "1",
            paramLabel = "SERVICE=N",
            converter = WantedReplicas.Converter.class,
            description = "The service, and how many instances.")
    private WantedReplicas wanted = new WantedReplicas("", 0);

    @Option(names = "--for", paramLabel = "TIME", description = "For so long, as in 30m (default: the platform's, 1h).")
    private @Nullable TimeSpan holds;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Wish(
            int replicas, @JsonProperty("for") @Nullable TimeSpan holds) {}

    /** @param reason a sentence: how many there are, and until when the wish holds */
    private record Status(int replicas, String reason) {}

    public ScaleCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = Route.to(LOAD_BALANCER, "apps", app, "services", wanted.service(), "scale");
        return session.show(
                session.platform().post(route, new Wish(wanted.replicas(), holds)), Status.class, this::tell);
    }

    private void tell(Status status) {
        String instances = status.replicas() == 1 ? "1 instance" : status.replicas() + " instances";
        session.terminal().say("%s is to have %s: %s".formatted(wanted.service(), instances, status.reason()));
        session.terminal().say("Watch it with: gantry ps " + app);
    }
}
