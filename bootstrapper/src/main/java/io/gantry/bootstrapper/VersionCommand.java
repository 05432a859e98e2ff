package io.gantry.bootstrapper;

import io.gantry.bootstrapper.session.Session;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gantry version}. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    /** @param java what runs this command line */
    private record Version(String version, String java) {}

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(
                session.tree(here()), Version.class, is -> session.terminal().data(line(is)));
    }

    /** For people. */
    static String[] line() {
        return new String[] {line(here())};
    }

    private static String line(Version version) {
        return "gantry %s (Java %s)".formatted(version.version(), version.java());
    }

    private static Version here() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return new Version(
                Objects.requireNonNullElse(version, "unpackaged"),
                Runtime.version().toString());
    }
}
