package io.gantry.bootstrapper;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gantry version}. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    /** @param java what runs this command line */
    private record Version(String version, String java) {
        static Version here() {
            String version = VersionCommand.class.getPackage().getImplementationVersion();
            return new Version(
                    Objects.requireNonNullElse(version, "unpackaged"),
                    Runtime.version().toString());
        }

        String line() {
            return "gantry %s (Java %s)".formatted(version, java);
        }
    }

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Version here = Version.here();
        session.terminal().data(session.json() ? session.tree(here).toPrettyString() : here.line());
        return ExitCode.OK.number();
    }

    /** For {@code --version}. */
    static String[] line() {
        return new String[] {Version.here().line()};
    }
}
