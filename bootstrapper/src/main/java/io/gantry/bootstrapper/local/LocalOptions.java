package io.gantry.bootstrapper.local;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the platform on this machine is started. */
final class LocalOptions {
    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Keep what survives a restart here (GANTRY_STATE_DIR; default: ~/.gantry).")
    private @Nullable Path stateDirectory;

    @Option(names = "--program", hidden = true, defaultValue = "${env:GANTRY_STANDALONE}")
    private @Nullable Path program;

    List<String> command(Session session) {
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(List.of("--port-base", Integer.toString(session.portBase())));
        if (stateDirectory != null) {
            command.addAll(List.of("--state-dir", stateDirectory.toString()));
        }
        return command;
    }

    /** The examples that lie beside the program. */
    Path example(String name) {
        return program().resolve("../../examples").resolve(name).normalize();
    }

    private Path program() {
        if (program == null) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "GANTRY_STANDALONE does not name the program that runs the platform",
                    "Use the launcher of your checkout: ./gantry");
        }
        return program;
    }
}
