package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bundle.manifest.ConfigSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of all manifest keys is written by hand; the schema says whether it is complete. */
class ManifestPageTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode schema = JSON.readTree(ConfigSchema.text());
    private final List<String> page = Files.readAllLines(Path.of("..", "docs", "manifest.md"));

    ManifestPageTest() throws IOException {}

    @Test
    void every_key_is_on_the_page_with_its_default() {
        assertThat(rows("", schema)).allSatisfy(row -> assertThat(page).anyMatch(line -> line.startsWith(row)));
    }

    /** How the table row of each key begins; where the schema has a default, with it. */
    private static List<String> rows(String prefix, JsonNode schema) {
        var rows = new ArrayList<String>();
        schema.path("properties").propertyStream().forEach(property -> {
            String key = prefix + property.getKey();
            JsonNode below = property.getValue();
            if (below.has("properties")) {
                rows.addAll(rows(key + ".", below));
            } else if (!key.startsWith("$")) {
                rows.add("| `%s` | %s".formatted(key, standard(below)));
            }
        });
        return rows;
    }

    private static String standard(JsonNode key) {
        var value = key.path("default");
        return value.isMissingNode() ? "" : "`%s` |".formatted(value.isString() ? value.asString() : value.toString());
    }
}
