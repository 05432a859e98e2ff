package io.gantry.bootstrapper.healing;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.session.Waiting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gantry restart app}. */
@Command(name = "app", description = "Restart every service of an app.")
final class RestartAppCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "APP", description = "The app.")
    private String app = "";

    @Mixin
    private final Waiting waiting = new Waiting();

    RestartAppCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new Restart(session, waiting).of(app, "apps", app, "restart");
    }
}
