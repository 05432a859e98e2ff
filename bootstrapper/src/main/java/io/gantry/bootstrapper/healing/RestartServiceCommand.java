package io.gantry.bootstrapper.healing;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.session.Waiting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gantry restart service}. */
@Command(name = "service", description = "Restart one service of an app, or a service of the platform.")
final class RestartServiceCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "APP/SERVICE", description = "The app and its service; the name alone: the platform's.")
    private String service = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Waiting waiting = new Waiting();

    RestartServiceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        int slash = service.indexOf('/');
        if (slash < 0) {
            return new Restart(session, waiting).ofPlatform(service);
        }
        if (slash < 1 || slash == service.length() - 1) {
            throw new ParameterException(
                    spec.commandLine(), "'%s': name the app and its service, as in shop/app-server".formatted(service));
        }
        return new Restart(session, waiting)
                .of(service, "apps", service.substring(0, slash), "services", service.substring(slash + 1), "restart");
    }
}
