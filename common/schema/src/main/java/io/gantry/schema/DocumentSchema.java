package io.gantry.schema;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A published JSON Schema: what may stand where in a document, what it means, and what holds where nothing stands. */
public final class DocumentSchema {
    private static final int SHOWN = 60;
    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("[^\\s\"/@]*:[^\\s\"@]*@");

    private final String text;
    private final Schema schema;
    private final SchemaDocument document;

    private DocumentSchema(String text) {
        this.text = text;
        this.schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .build()))
                .getSchema(text, InputFormat.JSON);
        this.document = new SchemaDocument(schema.getSchemaNode());
    }

    /** @param resource the schema's file, in the package of the class */
    public static DocumentSchema beside(Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            return new DocumentSchema(
                    new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The schema itself, for editors. */
    public String text() {
        return text;
    }

    /** Everything that does not fit, one sentence a place. */
    public List<Misfit> misfits(ObjectNode written) {
        Map<JsonPointer, Misfit> misfits = schema.validate(written).stream()
                .map(error -> misfit(error, written))
                .collect(Collectors.toMap(Misfit::at, misfit -> misfit, (first, _) -> first));
        return List.copyOf(misfits.values());
    }

    /** What was left out, wherever the schema has a default for it. */
    public void fillInDefaults(ObjectNode written) {
        document.fillInDefaults(written);
    }

    private Misfit misfit(Error error, ObjectNode written) {
        JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
        String path = error.getEvaluationPath().toString();
        if (path.endsWith("/additionalProperties")) {
            return unknown(at, error.getProperty());
        }
        if (path.endsWith("/required")) {
            return missing(at, error.getProperty());
        }
        if (path.contains("/propertyNames")) {
            return new Misfit(at, "A name in here does not fit. " + document.descriptionOfNames(at));
        }
        return new Misfit(at, shown(written.at(at)) + " does not fit" + hint(at, written.at(at)));
    }

    private Misfit unknown(JsonPointer at, String property) {
        String message = document.meantBy(at, property)
                .map("There is no such key; did you mean \"%s\"?"::formatted)
                .orElse("There is no such key; keys of your own begin with x-");
        return new Misfit(at.appendProperty(property), message);
    }

    private Misfit missing(JsonPointer at, String property) {
        JsonPointer key = at.appendProperty(property);
        return new Misfit(key, "\"%s\" is missing. %s".formatted(property, document.description(key)));
    }

    private String hint(JsonPointer at, JsonNode value) {
        return document.wordMeantBy(at, value)
                        .map("; did you mean \"%s\"? "::formatted)
                        .orElse(". ")
                + document.description(at);
    }

    private static String shown(JsonNode value) {
        String json = PASSWORD_IN_ADDRESS.matcher(value.toString()).replaceAll("***@");
        return json.length() > SHOWN ? json.substring(0, SHOWN) + "..." : json;
    }
}
