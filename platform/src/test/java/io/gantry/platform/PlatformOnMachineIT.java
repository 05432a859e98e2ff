package io.gantry.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.manifest.Memory;
import io.gantry.contract.topic.Topics;
import io.gantry.machines.LocalFleet;
import io.gantry.machines.docker.Outcome;
import io.gantry.machines.platform.Backing;
import io.gantry.machines.platform.CodeArchive;
import io.gantry.machines.platform.FleetSecrets;
import io.gantry.machines.platform.ObservedService;
import io.gantry.machines.platform.PlatformImages;
import io.gantry.machines.platform.ServiceContainer;
import io.gantry.storage.BlobStore;
import io.gantry.storage.BlobStoreUnavailable;
import io.gantry.testkit.UnrehearsedPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the platform stands on, and one of its services, on a real machine. The tests build on each other: the machine is one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformOnMachineIT {
    private static final List<String> BACKING = List.of("postgres", "blob-storage", "container-registry", "kafka");
    private static final String NONE_YET = "none:yet";
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    static ServiceOnMachine one;

    @BeforeAll
    static void a_machine_with_images() {
        one = new ServiceOnMachine("platform-it", folder);
        images().carry(
                        one.machines.engine(),
                        one.engine,
                        List.of(
                                "gantry/postgres:1",
                                "gantry/azurite:1",
                                "gantry/registry:1",
                                "gantry/kafka:1",
                                "gantry/java:1"));
    }

    private static PlatformImages images() {
        return new PlatformImages(
                "one",
                one.backing.registry(ServiceOnMachine.NOBODY),
                (image, what) ->
                        System.out.printf("%s %s %s%n", InstantSource.system().instant(), image, what));
    }

    @AfterAll
    static void gone() {
        one.close();
    }

    @Test
    @Order(1)
    void who_knows_the_credentials_is_let_in_and_nobody_else() throws Exception {
        for (String service : BACKING) {
            assertThat(one.ensure(service, NONE_YET)).isEqualTo(Outcome.DONE);
        }
        await().ignoreExceptions().atMost(SOON).untilAsserted(() -> connect(one.secrets.databasePassword()));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> connect("wrong"))
                .withMessageContaining("password");

        await().ignoreExceptions()
                .atMost(SOON)
                .until(() -> one.get(7080, "/v2/", "gantry:" + one.secrets.registryPassword()), is -> is == 200);
        assertThat(one.get(7080, "/v2/", "")).isEqualTo(401);
        assertThat(one.get(7080, "/v2/", "gantry:wrong")).isEqualTo(401);

        await().ignoreExceptions()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(storage().exists("none")).isFalse());
        var wrong = new Backing(one.layout, FleetSecrets.generate(new SecureRandom()));
        assertThatExceptionOfType(BlobStoreUnavailable.class)
                .isThrownBy(() -> wrong.code(ServiceOnMachine.NOBODY).exists("none"));

        await().ignoreExceptions().atMost(SOON).untilAsserted(() -> topics(one.secrets.kafkaPassword()));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> topics("wrong"))
                .withMessageContaining("Authentication failed");
    }

    @Test
    @Order(2)
    void what_is_there_is_left_alone() throws Exception {
        List<ObservedService> before = one.host.observe();

        for (String service : BACKING) {
            assertThat(one.ensure(service, NONE_YET)).isEqualTo(Outcome.ALREADY_THERE);
        }

        assertThat(one.host.observe()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(before).extracting(ObservedService::service).containsExactlyInAnyOrderElementsOf(BACKING);
    }

    @Test
    @Order(3)
    void what_is_killed_is_back_by_itself() throws Exception {
        one.machines.inside(ServiceOnMachine.MACHINE, "pkill -9 docker-registry");

        await().ignoreExceptions()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(one.observed("container-registry"))
                        .matches(ObservedService::running)
                        .extracting(ObservedService::restarts)
                        .isEqualTo(1L));
        await().ignoreExceptions()
                .atMost(SOON)
                .until(() -> one.get(7080, "/v2/", "gantry:" + one.secrets.registryPassword()), is -> is == 200);
    }

    @Test
    @Order(4)
    void what_is_described_otherwise_is_replaced_and_keeps_its_data() throws Exception {
        Path file = Files.writeString(folder.resolve("kept"), "kept");
        storage().put("kept", file);
        ServiceContainer as = one.described("blob-storage", NONE_YET);
        var larger = new ServiceContainer(
                as.service(),
                as.image(),
                as.arguments(),
                as.environment(),
                as.files(),
                as.data(),
                as.mounts(),
                as.user(),
                Memory.mebibytes(300),
                as.port());

        assertThat(one.host.ensure(larger)).isEqualTo(Outcome.DONE);

        assertThat(one.observed("blob-storage").digest()).isEqualTo(larger.digest());
        await().ignoreExceptions()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(storage().exists("kept")).isTrue());
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Order(5)
    void a_service_runs_from_the_platform_image_that_was_built_from_its_code_though_the_rehearsal_failed()
            throws Exception {
        Path unrehearsed = UnrehearsedPlatform.of(Path.of("target/platform"), folder.resolve("platform"));
        CodeArchive code = CodeArchive.pack(unrehearsed, folder.resolve("code.tar"));
        code.publish(storage());
        String image = images().ensurePlatformImage(one.engine, storage(), code.sha256());

        Instant began = InstantSource.system().instant();
        one.ensure("node-manager", image);
        await().ignoreExceptions()
                .atMost(SOON)
                .until(() -> one.get(7074, "/actuator/health/readiness", ""), is -> is == 200);

        assertThat(topics(one.secrets.kafkaPassword()))
                .as("what the catalogue describes, and nothing else")
                .containsExactlyInAnyOrderElementsOf(catalogue());

        System.out.printf(
                "node-manager ready after %s, %s%n",
                Duration.between(began, InstantSource.system().instant()), memory());
        assertThat(one.ensure("node-manager", image)).isEqualTo(Outcome.ALREADY_THERE);
        assertThat(one.engine
                        .docker()
                        .inspectContainerCmd("gantry-node-manager")
                        .exec()
                        .toString())
                .doesNotContain(one.secrets.databasePassword(), one.secrets.kafkaPassword());
    }

    private static String memory() throws InterruptedException {
        return LocalFleet.run(
                        one.engine.docker(), "gantry-node-manager", "grep -E '^(VmHWM|VmRSS|RssAnon)' /proc/1/status")
                .replace('\n', ' ');
    }

    private static BlobStore storage() {
        return one.backing.code(ServiceOnMachine.NOBODY);
    }

    private static void connect(String password) throws SQLException {
        DriverManager.getConnection(
                        "jdbc:postgresql://%s:5432/gantry".formatted(one.machine.address()), "gantry", password)
                .close();
    }

    private static List<String> catalogue() {
        return Topics.CATALOGUE.stream()
                .flatMap(topic -> Stream.of(topic.name(), topic.deadLetters()))
                .toList();
    }

    private static Set<String> topics(String password) throws Exception {
        var settings = new Properties();
        settings.putAll(Map.of(
                "bootstrap.servers", one.machine.address() + ":9092",
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-512",
                "request.timeout.ms", "20000",
                "default.api.timeout.ms", "30000",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"gantry\" password=\"%s\";"
                                .formatted(password)));
        try (Admin admin = Admin.create(settings)) {
            return admin.listTopics().names().get(60, TimeUnit.SECONDS);
        }
    }
}
