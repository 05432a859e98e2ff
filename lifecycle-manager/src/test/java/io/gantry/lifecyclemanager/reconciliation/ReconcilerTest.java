package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.DeploymentToken;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.lifecyclemanager.LifecycleManagerApplication;
import io.gantry.lifecyclemanager.fleet.FleetOperations;
import io.gantry.lifecyclemanager.fleet.Fleets;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.operation.Operation;
import io.gantry.lifecyclemanager.operation.Operations;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.platform.FleetSecrets;
import io.gantry.messaging.Tokens;
import io.gantry.testkit.EmbeddedPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What happens while the fleet is looked at, and between two looks: here at one whose provider does not answer. */
@SpringBootTest(
        classes = LifecycleManagerApplication.class,
        properties = {
            "spring.config.name=lifecycle-manager",
            "gantry.fleet=gantry",
            "lifecycle-manager.fleet.enabled=true",
            "lifecycle-manager.machine=vm-1",
            "lifecycle-manager.platform-image=gantry/platform:test",
            "lifecycle-manager.provider.local-engine=unix:///nowhere/docker.sock",
            "lifecycle-manager.reconciliation.boots-within=" + ReconcilerTest.BOOTS_WITHIN
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconcilerTest {
    static final String BOOTS_WITHIN = "8s";

    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax";

    @Autowired
    MachineTable machines;

    @Autowired
    FleetOperations operations;

    @Autowired
    Operations asked;

    @Autowired
    StepLog steps;

    @Autowired
    Tokens tokens;

    @Autowired
    InstantSource clock;

    @Autowired
    Fleets fleets;

    @Autowired
    Progress progress;

    @Autowired
    Reconciler reconciler;

    @Autowired
    Lease lease;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RestTestClient rest;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void whatTheBootstrapperPutsThere(DynamicPropertyRegistry settings) {
        try {
            Path folder = Files.createTempDirectory("fleet");
            FleetSecrets.generate(new SecureRandom()).write(folder.resolve("secrets.json"));
            settings.add("lifecycle-manager.secrets", () -> folder.resolve("secrets.json"));
            Path key = FleetKeys.in(folder.resolve("keys"), "gantry").privateKey();
            settings.add("gantry.ssh-key", () -> key);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void tell(String... met) {
        tell(FleetFile.standard(), met);
    }

    private void tell(Fleet fleet, String... met) {
        ObjectNode told = json.createObjectNode();
        told.set("fleet", json.valueToTree(fleet));
        told.set(
                "machines",
                json.valueToTree(Stream.of(met)
                        .map(machine -> Map.of("name", machine, "hostKey", HOST_KEY))
                        .toList()));
        rest.put()
                .uri("/api/v1/fleet")
                .contentType(MediaType.APPLICATION_JSON)
                .body(told)
                .exchange()
                .expectStatus()
                .isOk();
    }

    /** Written down before anybody looks: so no look is under way that has not seen it. */
    private Instant switchOn(String machine) {
        Instant now = clock.instant();
        jdbc.sql("insert into machine (name, boots_since) values (?, ?)")
                .params(machine, now.atOffset(ZoneOffset.UTC))
                .update();
        return now;
    }

    private Optional<Instant> restarted(String machine) {
        return steps.newest(100).stream()
                .filter(step -> step.machine().equals(machine) && step.what().equals("restart the machine"))
                .map(StepRow::startedAt)
                .findFirst();
    }

    @Test
    @Order(1)
    void one_that_boots_is_not_restarted_as_lost_before_it_had_the_time_to() {
        Instant switchedOn = switchOn("vm-2");
        tell();
        Instant deadline = switchedOn.plus(Duration.ofMinutes(5));
        assertThat(operations.recoverMachine(new DeploymentToken(tokens.next()), "vm-2", deadline))
                .isTrue();
        await().until(() -> restarted("vm-2").isPresent());
        assertThat(restarted("vm-2").orElseThrow())
                .isAfterOrEqualTo(switchedOn.plus(DurationStyle.detectAndParse(BOOTS_WITHIN)));
    }

    private DeploymentToken restartedByAnother(String service, Instant at) {
        DeploymentToken token = new DeploymentToken(tokens.next());
        transaction.executeWithoutResult(_ -> {
            asked.begin(Operation.begin(
                    token, Operation.Kind.RESTART_PLATFORM_SERVICE, service, at, at.plus(Duration.ofMinutes(5))));
            asked.take(token, at);
            asked.done(token, at);
        });
        return token;
    }

    private JsonNode operation(DeploymentToken token) {
        JsonNode operation = rest.get()
                .uri("/api/v1/operations/" + token)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(operation).isNotNull();
        return operation;
    }

    private void awaitEnd(DeploymentToken token, String state) {
        await().untilAsserted(() ->
                assertThat(operation(token).path("state").asString()).isEqualTo(state));
    }

    /** Here, whichever of its machines it is to be on. */
    private void tellSchedulerAt(int port) {
        tell(
                FleetFile.parse("fleet", "services: [{name: scheduler, port: %d}]".formatted(port)),
                "vm-1",
                "vm-2",
                "vm-3");
        jdbc.sql("update machine set address = '127.0.0.1'").update();
    }

    @Test
    @Order(2)
    void a_service_is_restarted_when_all_of_it_is_ready_whoever_did_it() throws IOException {
        try (var scheduler = new PlayedReadiness()) {
            tellSchedulerAt(scheduler.port());
            DeploymentToken token = restartedByAnother("scheduler", clock.instant());
            scheduler.awaitQuestions(3);
            assertThat(operation(token).path("state").asString()).isEqualTo("RUNNING");
            scheduler.becomeReady();
            awaitEnd(token, "SUCCEEDED");
        }
    }

    @Test
    @Order(3)
    void one_that_is_not_ready_in_time_was_not_restarted() throws IOException {
        try (var scheduler = new PlayedReadiness()) {
            tellSchedulerAt(scheduler.port());
            DeploymentToken token =
                    restartedByAnother("scheduler", clock.instant().minus(Duration.ofMinutes(2)));
            awaitEnd(token, "FAILED");
            assertThat(operation(token).path("failure").path("message").asString())
                    .matches("scheduler on vm-. has not become ready again within 2m\\.");
        }
    }

    @Test
    @Order(4)
    void who_can_not_restart_itself_has_not_done_it() {
        tell(FleetFile.parse("fleet", "services: [{name: lifecycle-manager, replicas: 1}]"));
        awaitEnd(operations.restartService("lifecycle-manager"), "FAILED");
    }

    private long fencing() {
        await().until(() -> lease.held().isPresent());
        return lease.held().orElseThrow();
    }

    @Test
    @Order(5)
    void who_looked_before_the_same_fleet_was_told_again_does_not_say_that_it_is_settled() {
        reconciler.stop();
        tell();
        long before = progress.find().news();
        tell();
        progress.enter(fencing(), before, true, List.of(), List.of());
        assertThat(progress.find().settled()).isFalse();
        progress.enter(fencing(), progress.find().news(), true, List.of(), List.of());
        assertThat(progress.find().settled()).as("by a look of after").isTrue();
    }

    @Test
    @Order(6)
    void what_was_refused_before_the_fleet_was_told_again_is_not_said_of_it() {
        reconciler.stop();
        tell();
        progress.enter(
                fencing(), progress.find().news(), false, List.of("There is no room."), List.of("There is no room."));
        assertThat(progress.find().refused()).containsExactly("There is no room.");
        rest.get()
                .uri("/api/v1/reconciliation")
                .exchange()
                .expectBody()
                .jsonPath("$.refused[0]")
                .isEqualTo("There is no room.");
        tell();
        assertThat(progress.find().refused()).isEmpty();
    }

    @Test
    @Order(7)
    void nor_does_who_looked_while_the_fleet_was_changed() throws InterruptedException {
        reconciler.stop();
        tell();
        long fencing = fencing();
        long before = progress.find().news();
        Thread late = Thread.ofVirtual().unstarted(() -> progress.enter(fencing, before, true, List.of(), List.of()));
        transaction.executeWithoutResult(_ -> {
            fleets.changed();
            late.start();
            await().until(this::somebodyWaitsForTheRow);
        });
        late.join();
        assertThat(progress.find().settled()).isFalse();
    }

    @Test
    @Order(8)
    void who_tells_the_fleet_and_who_writes_down_what_was_seen_do_not_wait_for_one_another() {
        tell();
        await().until(() -> machines.all().size() == 3);
        reconciler.stop();
        CompletableFuture<Void> told = transaction.execute(_ -> {
            machines.saw("vm-1", "UNKNOWN", null, null);
            CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> tell("vm-3", "vm-1"));
            await().until(this::somebodyWaits);
            machines.saw("vm-3", "UNKNOWN", null, null);
            return begun;
        });
        assertThat(told).succeedsWithin(Duration.ofMinutes(1));
    }

    private boolean somebodyWaits() {
        return jdbc.sql("""
                        select exists (select from pg_stat_activity
                            where wait_event_type = 'Lock' and datname = current_database())""").query(Boolean.class).single();
    }

    private boolean somebodyWaitsForTheRow() {
        return jdbc.sql("""
                        select exists (select from pg_stat_activity
                            where wait_event_type = 'Lock' and query like 'update reconciliation%')""").query(Boolean.class).single();
    }
}
