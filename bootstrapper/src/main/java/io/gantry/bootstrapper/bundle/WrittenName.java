package io.gantry.bootstrapper.bundle;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The name that a config.json gives its service. One that can't be read is left for the platform to complain of. */
final class WrittenName {
    private static final String CONFIG = "config.json";
    private static final JsonMapper JSON = new JsonMapper();

    private WrittenName() {}

    static Optional<String> inFolder(Path folder) throws IOException {
        Path config = folder.resolve(CONFIG);
        return Files.isRegularFile(config) ? in(Files.readAllBytes(config)) : Optional.empty();
    }

    static Optional<String> inZip(Path zip) throws IOException {
        try (BundleFile bundle = BundleFile.open(zip, BundleLimits.DEFAULT)) {
            Optional<BundleEntry> config = bundle.file(CONFIG);
            return config.isEmpty() ? Optional.empty() : in(bytes(bundle, config.get()));
        }
    }

    private static byte[] bytes(BundleFile bundle, BundleEntry config) throws IOException {
        try (InputStream content = bundle.read(config)) {
            return content.readAllBytes();
        }
    }

    private static Optional<String> in(byte[] config) {
        try {
            JsonNode name = JSON.readTree(config).path("name");
            return name.isString() ? Optional.of(name.stringValue()) : Optional.empty();
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
