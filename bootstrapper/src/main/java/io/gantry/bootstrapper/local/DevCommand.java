package io.gantry.bootstrapper.local;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
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
        explain();
        return platform.awaitEnd();
    }

    private void explain() {
        Terminal terminal = session.terminal();
        terminal.say("");
        terminal.say("In another terminal:");
        if (session.portBase() != Addresses.DEFAULT_PORT_BASE) {
            terminal.say("  export GANTRY_PORT_BASE=%-25d# this platform is meant".formatted(session.portBase()));
        }
        terminal.say("  gantry deploy examples/shop --app shop --wait    # deploy an app");
        terminal.say("  gantry ps                                        # see what runs");
        terminal.say("  gantry --help                                    # all verbs");
        terminal.say("Ctrl-C stops the platform; what it runs goes on.");
    }
}
