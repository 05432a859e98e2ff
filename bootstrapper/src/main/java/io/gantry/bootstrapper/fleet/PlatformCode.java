package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.machines.platform.CodeArchive;
import io.gantry.machines.platform.KeptArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The platform's own code, as the build left it. */
final class PlatformCode {
    @Option(names = "--platform-code", hidden = true, defaultValue = "${env:GANTRY_PLATFORM_CODE}")
    private @Nullable Path folder;

    CodeArchive archive() {
        if (folder == null || !Files.isDirectory(folder)) {
            throw new GaveUpException(
                    ExitCode.USAGE,
                    "GANTRY_PLATFORM_CODE does not name the folder with the platform's code",
                    "Use the launcher of your checkout: ./gantry");
        }
        return new KeptArchive(folder, folder.resolveSibling("platform.tar")).get();
    }
}
