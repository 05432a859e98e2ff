package io.gantry.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code docker-compose.yml} that stands around one service run from an IDE. */
class ComposeIT {
    private static final int POSTGRES = FreePorts.next();
    private static final int KAFKA = FreePorts.next();
    private static final int REGISTRY = FreePorts.next();
    private static final int AZURITE = FreePorts.next();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path output = Path.of("");

    @BeforeAll
    static void all_four_become_healthy() throws Exception {
        compose("up", "-d");
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(compose("ps")).satisfies(ComposeIT::isHealthyFourTimes));
    }

    @AfterAll
    static void leave_nothing_behind() throws Exception {
        compose("down", "-v");
    }

    @Test
    void postgresql_lets_the_services_in() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:%d/gantry".formatted(POSTGRES);
        try (Connection connection = DriverManager.getConnection(url, "gantry", "gantry")) {
            assertThat(connection.isValid(60)).isTrue();
        }
    }

    @Test
    void kafka_tells_clients_the_address_they_came_by() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + KAFKA))) {
            assertThat(admin.describeCluster().nodes().get(60, SECONDS))
                    .singleElement()
                    .satisfies(node -> assertThat(node.port()).isEqualTo(KAFKA));
        }
    }

    @Test
    void kafka_makes_no_topic_that_nobody_described() throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + KAFKA, "max.block.ms", "3000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
                var admin = Admin.create(settings)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> producer.send(new ProducerRecord<>("nobodys", "hello"))
                            .get(60, SECONDS))
                    .withMessageContaining("nobodys not present");
            assertThat(admin.listTopics().names().get(60, SECONDS)).doesNotContain("nobodys");
        }
    }

    @Test
    void the_registry_and_the_blob_storage_answer() throws Exception {
        assertThat(status("http://127.0.0.1:%d/v2/".formatted(REGISTRY))).isEqualTo(200);
        assertThat(status("http://127.0.0.1:%d/devstoreaccount1?comp=list".formatted(AZURITE)))
                .as("refused without a signature, hence alive")
                .isEqualTo(403);
    }

    private static void isHealthyFourTimes(String table) {
        assertThat(table.lines().filter(line -> line.contains("(healthy)")))
                .as(table)
                .hasSize(4);
    }

    private static int status(String address) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker-compose", "-p", "gantry-it-" + POSTGRES));
        command.addAll(List.of(arguments));
        Path said = output.resolve("compose-" + arguments[0]);
        var builder = new ProcessBuilder(command)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment()
                .putAll(Map.of(
                        "GANTRY_COMPOSE_POSTGRES", Integer.toString(POSTGRES),
                        "GANTRY_COMPOSE_KAFKA", Integer.toString(KAFKA),
                        "GANTRY_COMPOSE_REGISTRY", Integer.toString(REGISTRY),
                        "GANTRY_COMPOSE_AZURITE", Integer.toString(AZURITE)));
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("It goes on: " + Files.readString(said)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }
}
