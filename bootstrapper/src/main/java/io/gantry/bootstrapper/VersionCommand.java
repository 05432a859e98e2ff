package io.gantry.bootstrapper;

import io.gantry.bootstrapper.session.Session;
import java.util.Optional;
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
        String version = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("unpackaged");
        return session.show(
                session.tree(new Version(version, Runtime.version().toString())),
                Version.class,
                is -> session.terminal().data("gantry %s (Java %s)".formatted(is.version(), is.java())));
    }
}
