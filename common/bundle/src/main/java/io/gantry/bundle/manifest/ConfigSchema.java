package io.gantry.bundle.manifest;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.gantry.bundle.BundleProblem;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published JSON Schema of config.json: what may stand where, what it means, and what holds where nothing stands. */
public final class ConfigSchema {
    private static final int SHOWN = 60;
    private static final String TEXT = load();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .build()))
            .getSchema(TEXT, InputFormat.JSON);
    private static final SchemaDocument DOCUMENT = new SchemaDocument(SCHEMA.getSchemaNode());

    private ConfigSchema() {}

    /** The schema itself, for editors. */
    public static String text() {
        return TEXT;
    }

    static void refuseWhatDoesNotFit(ObjectNode config) {
        Map<String, BundleProblem> problems = SCHEMA.validate(config).stream()
                .map(error -> problem(error, config))
                .collect(Collectors.toMap(BundleProblem::pointer, problem -> problem, (first, _) -> first));
        if (!problems.isEmpty()) {
            throw BundleRefused.manifest(Refusal.INVALID_MANIFEST, List.copyOf(problems.values()));
        }
    }

    static void fillInDefaults(ObjectNode config) {
        DOCUMENT.fillInDefaults(config);
    }

    private static BundleProblem problem(Error error, ObjectNode config) {
        JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
        String path = error.getEvaluationPath().toString();
        if (path.endsWith("/additionalProperties")) {
            return unknown(at, error.getProperty());
        }
        if (path.contains("/propertyNames")) {
            return new BundleProblem(at.toString(), "A name in here does not fit. " + DOCUMENT.descriptionOfNames(at));
        }
        return new BundleProblem(
                at.toString(), "%s does not fit. %s".formatted(shown(config.at(at)), DOCUMENT.description(at)));
    }

    private static BundleProblem unknown(JsonPointer at, String property) {
        String message = DOCUMENT.meantBy(at, property)
                .map("There is no such key; did you mean \"%s\"?"::formatted)
                .orElse("There is no such key; keys of your own begin with x-");
        return new BundleProblem(at.appendProperty(property).toString(), message);
    }

    private static String shown(JsonNode value) {
        String json = value.toString();
        return json.length() > SHOWN ? json.substring(0, SHOWN) + "..." : json;
    }

    private static String load() {
        try (InputStream in = ConfigSchema.class.getResourceAsStream("config.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
