package io.gantry.acceptance.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.AzureFleet;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** All that nobody may read who is not meant to, by what it is. */
record Secrets(Map<String, String> all) {
    private static final int WHOLE_LINE = 64;

    static Secrets of(AzureFleet fleet) throws IOException {
        Map<String, String> all = new TreeMap<>();
        JsonNode generated = Rest.parsed(fleet.known("secrets.json"));
        for (String each : List.of("databasePassword", "kafkaPassword", "registryPassword", "storageKey")) {
            all.put(each, generated.path(each).asString());
        }
        all.put("operator's key", fleet.known("operator-key").strip());
        all.put("fleet's private key", lastWholeLine(fleet.known("id_ed25519")));
        all.put("owner's token", AzureFleet.OWNERS_TOKEN);
        all.put("machines' token", AzureFleet.MACHINES_TOKEN);
        assertThat(all.values()).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(20));
        return new Secrets(all);
    }

    /** The private half is in the end of the file. */
    private static String lastWholeLine(String pem) {
        return pem.lines()
                .filter(line -> line.length() >= WHOLE_LINE)
                .reduce((_, next) -> next)
                .orElseThrow();
    }

    /** Those that a text holds, by what they are. */
    List<String> in(String text) {
        return all.entrySet().stream()
                .filter(secret -> text.contains(secret.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
