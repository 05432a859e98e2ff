package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.bundle.Source;
import io.gantry.bootstrapper.bundle.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to upload, and as what. */
final class SourceOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|ZIP",
            defaultValue = ".",
            description = "The service or app (default: this folder).")
    private Path path = Path.of("");

    @Option(
            names = {"-a", "--app"},
            required = true,
            paramLabel = "APP",
            defaultValue = "${env:GANTRY_APP}",
            description = "The app it belongs to (GANTRY_APP).")
    private String app = "";

    @Option(
            names = {"-s", "--service"},
            paramLabel = "SERVICE",
            description =
                    "This service only; for a single one, its name (default: as in config.json, else app-server).")
    private @Nullable String service;

    String app() {
        return app;
    }

    List<Source> sources() throws IOException {
        return Sources.in(path, service);
    }
}
