package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleProblem;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import io.gantry.contract.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The text of a config.json: read strictly, and not without limits. */
final class ConfigJson {
    static final String FILE_NAME = "config.json";

    private static final int LARGEST = 256 << 10;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxNumberLength(50)
                            .maxNameLength(512)
                            .maxStringLength(LARGEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private ConfigJson() {}

    static ObjectNode empty() {
        return STRICT.createObjectNode();
    }

    static Optional<ObjectNode> of(BundleFile bundle) throws IOException {
        Optional<BundleEntry> file = bundle.file(FILE_NAME);
        return file.isEmpty() ? Optional.empty() : Optional.of(parsed(bytes(bundle, file.get())));
    }

    private static byte[] bytes(BundleFile bundle, BundleEntry file) throws IOException {
        if (file.size() > LARGEST) {
            throw refused("", "config.json is larger than %d bytes".formatted(LARGEST));
        }
        try (InputStream in = bundle.read(file)) {
            return in.readAllBytes();
        }
    }

    private static ObjectNode parsed(byte[] json) {
        try {
            JsonNode read = STRICT.readTree(json);
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException invalid) {
            throw refused("", "config.json is not valid JSON: " + explained(invalid));
        }
        throw refused("", "config.json is not an object: write {\"name\": ..., \"port\": ...}");
    }

    private static String explained(JacksonException invalid) {
        String message =
                String.valueOf(invalid.getOriginalMessage()).lines().findFirst().orElse("");
        TokenStreamLocation at = invalid.getLocation();
        return at == null ? message : "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), message);
    }

    /** What fits the schema fits the type, but for values that only the type knows to be wrong. */
    static Manifest bind(ObjectNode config) {
        try {
            return STRICT.treeToValue(config, Manifest.class);
        } catch (JacksonException wrong) {
            throw refused(pointer(wrong), String.valueOf(cause(wrong).getMessage()));
        }
    }

    private static Throwable cause(JacksonException wrong) {
        return wrong.getCause() instanceof IllegalArgumentException said ? said : wrong;
    }

    private static String pointer(JacksonException wrong) {
        return wrong.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                .collect(Collectors.joining());
    }

    private static BundleRefused refused(String pointer, String message) {
        return BundleRefused.manifest(Refusal.INVALID_MANIFEST, List.of(new BundleProblem(pointer, message)));
    }
}
