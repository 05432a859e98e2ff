package io.gantry.bootstrapper;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.session.Contexts;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import java.time.InstantSource;
import java.util.Map;

/** Where the command line begins. */
public final class Gantry {
    private static final String[] HELP = {"--help"};

    private Gantry() {}

    public static void main(String[] args) {
        Map<String, String> env = System.getenv();
        var session = new Session(
                Terminal.ofProcess(env), InstantSource.system(), env, Contexts.ofUser(env), Addresses::onThisMachine);
        System.exit(Verbs.of(session).execute(args.length == 0 ? HELP : args));
    }
}
