package io.gantry.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.gantry.contract.deployer.DeployerEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The wire format is a promise: what an older Gantry wrote must be read, and written, as it stands in the samples. */
class GoldenMessagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What has come since. */
    private static final Set<String> NEWER = Set.of("unhealthyAfter", "fault", "drain");

    record Sample(String file, Class<?> family, Class<?> type) {
        @Override
        public String toString() {
            return file;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_message_reads_and_writes_its_golden_sample(Sample sample) throws IOException {
        JsonNode golden = JSON.readTree(bytes(sample.file()));
        Object message = JSON.treeToValue(golden, sample.family());
        assertThat(message).isInstanceOf(sample.type());
        JsonNode written = JSON.readTree(JSON.writeValueAsBytes(message));
        assertThat(written).isEqualTo(golden);
    }

    /** Written before a message could say more than it did then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BuildLog",
                "DeployerCommand.revive",
                "DeployerCommand.run",
                "Instance",
                "RecoveryRequest.revive-instance",
                "RegistryCommand.register"
            })
    void what_an_older_gantry_wrote_is_read_and_nothing_of_it_is_lost(String name) throws IOException {
        Sample sample = samples()
                .filter(each -> each.file().equals(name + ".json"))
                .findFirst()
                .orElseThrow();
        JsonNode older = JSON.readTree(bytes("older/" + sample.file()));
        JsonNode written = JSON.readTree(JSON.writeValueAsBytes(JSON.treeToValue(older, sample.family())));
        assertThat(without(NEWER, written)).isEqualTo(older);
    }

    private static JsonNode without(Set<String> names, JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(names);
        }
        node.forEach(below -> without(names, below));
        return node;
    }

    @Test
    void what_was_written_before_a_field_was_added_is_read() {
        String before = """
                {"type": "service-advanced", "token": "k3j5h2a9q0w8e7r6", "app": "shop", "service": "app-server", "version": 3,
                 "state": "PLACING", "detail": null, "at": "2026-01-01T08:00:00Z"}""";
        assertThat(JSON.readValue(before, DeployerEvent.class))
                .isInstanceOfSatisfying(DeployerEvent.ServiceAdvanced.class, advanced -> {
                    assertThat(advanced.tries()).isNull();
                    assertThat(advanced.by()).isNull();
                });
    }

    static Stream<Sample> samples() {
        return Topics.CATALOGUE.stream().map(Topic::family).flatMap(GoldenMessagesTest::samplesOf);
    }

    private static Stream<Sample> samplesOf(Class<?> family) {
        JsonSubTypes subTypes = family.getAnnotation(JsonSubTypes.class);
        if (subTypes == null) {
            return Stream.of(new Sample(family.getSimpleName() + ".json", family, family));
        }
        assertThat(Arrays.stream(subTypes.value()).map(JsonSubTypes.Type::value))
                .as("types on the wire of " + family.getSimpleName())
                .containsExactlyInAnyOrder(family.getPermittedSubclasses());
        return Arrays.stream(subTypes.value())
                .map(type -> new Sample(family.getSimpleName() + "." + type.name() + ".json", family, type.value()));
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream sample = GoldenMessagesTest.class.getResourceAsStream("/golden/" + file)) {
            assertThat(sample).as("a golden sample named golden/" + file).isNotNull();
            return sample.readAllBytes();
        }
    }
}
