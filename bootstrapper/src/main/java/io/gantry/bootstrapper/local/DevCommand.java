package io.gantry.bootstrapper.local;

import io.gantry.bootstrapper.session.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gantry dev}. */
@Command(name = "dev", description = "Run the whole platform on this machine, in the foreground, until Ctrl-C.")
public final class DevCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final LocalOptions options = new LocalOptions();

    public DevCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalPlatform platform = LocalPlatform.start(options.command(session), session.terminal());
        platform.awaitReady();
        session.terminal().say("""

                In another terminal:
                  gantry deploy examples/shop --app shop --wait    deploy an app
                  gantry ps                                        see what runs
                  gantry --help                                    all verbs
                Ctrl-C stops the platform; what it runs goes on.""");
        return platform.awaitEnd();
    }
}
