package io.gantry.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.fleet.Fleet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema is what users may write, the model is what the platform reads: neither has a key that the other lacks. */
class SchemaAndModelTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Says every key, and nothing that would hold anyway. */
    private static final String EVERYTHING = """
            {"name": "all", "provider": "static",
             "machines": [{"name": "a", "role": "control", "size": {"cpus": 1.5, "memory": "3Gi", "disk": "9Gi"},
                           "labels": {"zone": "1"}, "address": "10.0.0.1",
                           "ssh": {"user": "me", "port": 23, "keyFile": "key", "hostKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"}},
                          {"name": "b", "role": "worker", "labels": {}, "address": "10.0.0.2",
                           "ssh": {"user": "me", "port": 23, "keyFile": "key"}}],
             "services": [{"name": "kafka", "on": {"zone": "1"}, "replicas": 1, "needs": ["lifecycle-manager"],
                           "memory": "1Gi", "port": 9093}],
             "containerRegistry": {"address": "r:5000", "credentialFile": "c"},
             "blobStorage": {"address": "https://b", "credentialFile": "c"},
             "database": {"address": "postgresql://d/gantry", "credentialFile": "c"},
             "imagesKept": 5,
             "historyDays": 40,
             "alerts": {"webhookFile": "w"},
             "tracing": {"endpoint": "http://[fd00::9]:4318/v1/traces", "sampled": 0.5}}""";

    /** What hosts that are there can't have. */
    private static final String POOLS = """
            {"provider": "local",
             "pools": [{"name": "burst", "min": 1, "max": 3, "size": {"cpus": 1.5, "memory": "3Gi", "disk": "9Gi"},
                        "labels": {"zone": "1"}, "scaleUpAfter": "30s", "coolDown": "2m", "idleFor": "1h"}]}""";

    private static final String AZURE = """
            {"name": "sky", "provider": "azure",
             "machines": [{"name": "a", "role": "both", "size": {"cpus": 1.5, "memory": "8Gi"}, "labels": {},
                           "azure": {"size": "Standard_D2s_v5", "spot": false, "zone": "1"}}],
             "pools": [{"name": "burst", "min": 0, "max": 3, "size": {"cpus": 1.5, "memory": "8Gi"}, "labels": {},
                        "azure": {"size": "Standard_D2s_v5", "spot": true, "zone": "2"},
                        "scaleUpAfter": "1m", "coolDown": "1m", "idleFor": "10m"}],
             "containerRegistry": {"address": "images.azurecr.io", "signIn": "azure"},
             "blobStorage": {"address": "https://bundles.blob.core.windows.net", "signIn": "azure"},
             "database": {"address": "postgresql://pg.postgres.database.azure.com:5432/gantry", "signIn": "azure",
                          "user": "platform", "tls": true},
             "azure": {"subscription": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "location": "westeurope",
                       "resourceGroup": "mine-too", "network": "10.0.0.0/16", "sshFrom": ["203.0.113.7/32"],
                       "image": "Debian:debian-12:12-gen2", "role": "mine", "owner": "me"}}""";

    private final JsonNode written = JSON.readTree(EVERYTHING);
    private final Fleet fleet = FleetFile.parse("fleet.yaml", EVERYTHING);
    private final JsonNode read = JSON.valueToTree(fleet);

    private final JsonNode writtenPools = JSON.readTree(POOLS).path("pools");
    private final JsonNode readPools =
            JSON.valueToTree(FleetFile.parse("fleet.yaml", POOLS)).path("pools");

    @Test
    void every_key_of_the_schema_is_written_here() {
        assertThat(union(keys(written, writtenPools), keys(JSON.readTree(AZURE))))
                .isEqualTo(keysOfSchema(JSON.readTree(FleetSchema.text())));
    }

    @Test
    void the_model_has_the_keys_of_the_schema() {
        assertThat(union(keys(read, readPools), keys(JSON.valueToTree(FleetFile.parse("fleet.yaml", AZURE)))))
                .isEqualTo(keysOfSchema(JSON.readTree(FleetSchema.text())));
    }

    @Test
    void what_is_written_of_azure_is_what_is_read() {
        JsonNode sky = JSON.readTree(AZURE);
        JsonNode fleet = JSON.valueToTree(FleetFile.parse("fleet.yaml", AZURE));
        assertThat(fleet.get("azure")).isEqualTo(sky.get("azure"));
        assertThat(fleet.get("machines")).isEqualTo(sky.get("machines"));
        assertThat(fleet.get("pools")).isEqualTo(sky.get("pools"));
    }

    private static Set<String> keys(JsonNode fleet, JsonNode pools) {
        return keys(((ObjectNode) fleet).set("pools", pools));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }

    @Test
    void what_is_written_is_what_is_read() {
        written.propertyStream()
                .filter(property -> !property.getKey().equals("services"))
                .forEach(property -> assertThat(read.get(property.getKey())).isEqualTo(property.getValue()));
        assertThat(read.get("services")
                        .valueStream()
                        .filter(service -> service.path("name").asString().equals("kafka")))
                .containsExactly(written.at("/services/0"));
        assertThat(readPools).isEqualTo(writtenPools);
    }

    @Test
    void the_schema_names_the_services_that_there_are() {
        JsonNode names = JSON.readTree(FleetSchema.text()).at("/properties/services/items/properties/name");
        assertThat(names.path("enum").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(
                        StandardService.ALL.stream().map(StandardService::name).toList());
        assertThat(names.path("description").asString())
                .isEqualTo("One of %s."
                        .formatted(String.join(
                                ", ",
                                StandardService.ALL.stream()
                                        .map(StandardService::name)
                                        .toList())));
    }

    private static Set<String> keys(JsonNode document) {
        Set<String> keys = new TreeSet<>();
        keys("", document, keys);
        return keys;
    }

    private static void keys(String prefix, JsonNode document, Set<String> keys) {
        document.valueStream().filter(_ -> document.isArray()).forEach(item -> keys(prefix + "[]", item, keys));
        document.propertyStream().forEach(property -> {
            String key = prefix + "." + property.getKey();
            keys.add(key);
            if (!key.endsWith(".labels") && !key.endsWith(".on")) {
                keys(key, property.getValue(), keys);
            }
        });
    }

    private static Set<String> keysOfSchema(JsonNode schema) {
        Set<String> keys = new TreeSet<>(keys(asDocument(schema)));
        keys.remove(".$schema");
        return keys;
    }

    /** A document that has every key of the schema once. */
    private static JsonNode asDocument(JsonNode schema) {
        if (schema.has("items")) {
            return JsonNodeFactory.instance.arrayNode().add(asDocument(schema.path("items")));
        }
        var document = JsonNodeFactory.instance.objectNode();
        schema.path("properties")
                .propertyStream()
                .forEach(property -> document.set(property.getKey(), asDocument(property.getValue())));
        return document;
    }
}
