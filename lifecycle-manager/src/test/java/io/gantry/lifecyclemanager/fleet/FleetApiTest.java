package io.gantry.lifecyclemanager.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.CapacityReport.Shortage;
import io.gantry.contract.topic.Topics;
import io.gantry.fleet.file.FleetFile;
import io.gantry.lifecyclemanager.LifecycleManagerApplication;
import io.gantry.lifecyclemanager.capacity.Capacity;
import io.gantry.lifecyclemanager.capacity.FoundMachines;
import io.gantry.lifecyclemanager.lease.LeaseLost;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.machine.OngoingTable;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.platform.FleetSecrets;
import io.gantry.testkit.EmbeddedPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The lifecycle manager of a fleet whose provider does not answer: what it takes, keeps and tells. */
@SpringBootTest(
        classes = LifecycleManagerApplication.class,
        properties = {
            "spring.config.name=lifecycle-manager",
            "gantry.fleet=gantry",
            "lifecycle-manager.fleet.enabled=true",
            "lifecycle-manager.machine=vm-1",
            "lifecycle-manager.platform-image=gantry/platform:test",
            "lifecycle-manager.provider.local-engine=unix:///nowhere/docker.sock",
            // What is said once counts for as long as a busy machine takes to act on it.
            "lifecycle-manager.capacity.stale-after=10m"
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetApiTest {
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax";
    private static final String OTHER_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ay";

    private static final String POOL =
            "pools: [{name: burst, max: 2, size: small, scaleUpAfter: 1s, coolDown: 1s, idleFor: 1h}]";

    @Autowired
    Fleets fleets;

    @Autowired
    Capacity capacity;

    @Autowired
    InstantSource clock;

    @Autowired
    RestTestClient rest;

    @Autowired
    JsonMapper json;

    @Autowired
    KafkaTemplate<String, Object> kafka;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MachineTable machines;

    @Autowired
    OngoingTable ongoing;

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

    private ObjectNode told(String hostKey) {
        ObjectNode body = json.createObjectNode();
        body.set("fleet", json.valueToTree(FleetFile.standard()));
        body.putArray("machines").addObject().put("name", "vm-1").put("hostKey", hostKey);
        return body;
    }

    private JsonNode put(JsonNode body, int status) {
        return answer(rest.put()
                .uri("/api/v1/fleet")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status));
    }

    private JsonNode get(String uri) {
        return answer(rest.get().uri(uri).exchange().expectStatus().isOk());
    }

    private static JsonNode answer(RestTestClient.ResponseSpec response) {
        JsonNode body = response.expectBody(JsonNode.class).returnResult().getResponseBody();
        assertThat(body).isNotNull();
        return body;
    }

    @Test
    @Order(1)
    void as_long_as_nobody_has_told_there_is_no_fleet() {
        rest.get().uri("/api/v1/fleet").exchange().expectStatus().isNotFound();
        JsonNode now = get("/api/v1/reconciliation");
        assertThat(now.path("settled").asBoolean(true)).isFalse();
        assertThat(now.path("waitsFor").get(0).asString()).contains("has not been told yet");
        answer(rest.post()
                .uri("/api/v1/machines/vm-1/restart")
                .exchange()
                .expectStatus()
                .isEqualTo(409));
    }

    @Test
    @Order(2)
    void the_same_fleet_told_twice_is_one_revision() {
        assertThat(put(told(HOST_KEY), 200).path("revision").asInt()).isEqualTo(1);
        jdbc.sql("update reconciliation set settled = true").update();
        assertThat(put(told(HOST_KEY), 200).path("revision").asInt()).isEqualTo(1);
        assertThat(get("/api/v1/reconciliation").path("settled").asBoolean(true))
                .as("until it has been looked at")
                .isFalse();
        assertThat(FleetWords.read(get("/api/v1/fleet").path("fleet"), "")).isEqualTo(FleetFile.standard());
    }

    @Test
    @Order(3)
    void what_can_not_be_a_fleet_is_refused_with_its_fields() {
        ObjectNode body = told(HOST_KEY);
        ((ObjectNode) body.path("fleet").path("machines").get(0)).put("name", "No Name");
        JsonNode problem = put(body, 422);
        assertThat(problem.path("code").asString()).isEqualTo("INVALID_FLEET");
        assertThat(problem.path("errors").get(0).path("pointer").asString()).isEqualTo("/fleet/machines/0/name");
        ObjectNode renamed = told(HOST_KEY);
        ((ObjectNode) renamed.path("fleet")).put("name", "other");
        assertThat(put(renamed, 409).path("code").asString()).isEqualTo("ANOTHER_FLEET");
    }

    @Test
    @Order(4)
    void a_host_key_that_is_pinned_is_not_changed() {
        assertThat(put(told(OTHER_KEY), 409).path("code").asString()).isEqualTo("HOST_KEY_CHANGED");
    }

    @Test
    @Order(5)
    void a_provider_that_does_not_answer_is_told_of_and_nothing_follows_from_it() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                get("/api/v1/reconciliation").path("waitsFor").toString())
                        .contains("the provider to say what became of vm-2"));
        assertThat(get("/api/v1/reconciliation").path("steps").toString()).doesNotContain("create the machine");
        assertThat(get("/api/v1/machines").path("machines").size()).isEqualTo(3);
        JsonNode services = get("/api/v1/services").path("services");
        assertThat(services.values()).anySatisfy(service -> {
            assertThat(service.path("name").asString()).isEqualTo("lifecycle-manager");
            assertThat(service.path("machine").asString()).isEqualTo("vm-1");
            assertThat(service.path("state").asString()).isEqualTo("READY");
        });
    }

    @Test
    @Order(6)
    void machines_come_and_go_but_not_those_that_keep_data() {
        answer(rest.post()
                .uri("/api/v1/machines")
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.createObjectNode()
                        .put("name", "vm-4")
                        .put("role", "worker")
                        .put("size", "small"))
                .exchange()
                .expectStatus()
                .isAccepted());
        assertThat(get("/api/v1/fleet").path("fleet").path("machines").size()).isEqualTo(4);
        assertThat(Memory.parse(
                        get("/api/v1/fleet").at("/fleet/machines/3/size/memory").asString()))
                .isEqualTo(Memory.parse("2Gi"));
        answer(rest.delete()
                .uri("/api/v1/machines/vm-4")
                .exchange()
                .expectStatus()
                .isAccepted());
        assertThat(answer(rest.delete()
                                .uri("/api/v1/machines/vm-1")
                                .exchange()
                                .expectStatus()
                                .isEqualTo(409))
                        .path("code")
                        .asString())
                .isEqualTo("MACHINE_KEEPS_DATA");
        answer(rest.delete()
                .uri("/api/v1/machines/vm-9")
                .exchange()
                .expectStatus()
                .isNotFound());
    }

    @Test
    @Order(7)
    void what_is_asked_of_a_machine_is_an_operation_that_ends() {
        String token = answer(rest.post()
                        .uri("/api/v1/machines/vm-2/restart")
                        .exchange()
                        .expectStatus()
                        .isAccepted())
                .path("token")
                .asString();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                get("/api/v1/operations/" + token).path("state").asString())
                        .isEqualTo("FAILED"));
        assertThat(get("/api/v1/operations/" + token).at("/failure/message").asString())
                .contains("could not restart vm-2");
        answer(rest.post()
                .uri("/api/v1/services/nobody/restart")
                .exchange()
                .expectStatus()
                .isNotFound());
    }

    @Test
    @Order(8)
    void what_monitoring_finds_lost_is_an_operation_and_monitoring_hears_how_it_ended() {
        IncidentId lost = new IncidentId("aaaaaaaaaaaaaaaa");
        IncidentId gone = new IncidentId("bbbbbbbbbbbbbbbb");
        IncidentId silent = new IncidentId("cccccccccccccccc");
        Instant deadline = Instant.parse("2100-01-01T00:00:00Z");
        ask(new RecoveryRequest.RestartMachine(lost, 1, "vm-2", deadline));
        ask(new RecoveryRequest.RestartMachine(gone, 1, "vm-9", deadline));
        ask(new RecoveryRequest.RestartService(silent, 1, "scheduler", "vm-3", deadline));
        awaitAnswer(lost, "not-recovered");
        awaitAnswer(gone, "not-wanted");
        awaitAnswer(silent, "not-recovered");
    }

    @Test
    @Order(9)
    void what_is_short_long_enough_gets_a_machine_of_a_pool_once_however_often_it_is_said() {
        long revision = put(toldWithPool(), 200).path("revision").asLong();
        CapacityReport report = shortSince(clock.instant().minusSeconds(2));
        say(report);
        say(report);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get("/api/v1/machines").toString())
                        .contains("\"burst-1\"", "\"gantry/pool\":\"burst\""));
        say(shortSince(clock.instant().minusSeconds(1)));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(standing().path("standing").asString()).isEqualTo("burst-1 is on its way."));
        assertThat(standing().at("/pools/0/machines").values())
                .extracting(JsonNode::asString)
                .containsExactly("burst-1");
        assertThat(standing().path("decisions").values()).singleElement().satisfies(decision -> {
            assertThat(decision.path("kind").asString()).isEqualTo("ADD");
            assertThat(decision.path("machine").asString()).isEqualTo("burst-1");
            assertThat(decision.path("reason").asString()).contains("1 instance of shop/web has waited since");
        });
        assertThat(get("/api/v1/fleet").path("revision").asLong()).isEqualTo(revision + 1);
        assertThat(get("/api/v1/fleet").path("fleet").toString())
                .as("what it was told to be")
                .doesNotContain("burst-1");
    }

    @Test
    @Order(10)
    void what_an_older_report_says_is_not_heard() {
        Instant since = clock.instant().minusSeconds(3600);
        long before = heard();
        say(new CapacityReport(since, 7, List.of(), List.of()));
        say(shortSince(since));
        await().atMost(Duration.ofSeconds(60)).until(() -> heard() == before + 2);
        assertThat(jdbc.sql("select report ->> 'waiting' from capacity")
                        .query(String.class)
                        .single())
                .isEqualTo("1");
    }

    @Test
    @Order(11)
    void whoever_acts_no_more_decides_nothing() {
        FoundMachines found = new FoundMachines(Set.of(), Map.of(), Map.of("burst-1", 0));
        assertThatThrownBy(() -> capacity.see(-1, fleets.find().orElseThrow(), found))
                .isInstanceOf(LeaseLost.class);
    }

    @Test
    @Order(12)
    void the_same_file_again_keeps_what_its_pools_have_and_one_that_is_deleted_by_hand_is_gone() {
        put(toldWithPool(), 200);
        assertThat(hasMachine("burst-1")).isTrue();
        answer(rest.delete()
                .uri("/api/v1/machines/burst-1")
                .exchange()
                .expectStatus()
                .isAccepted());
        assertThat(hasMachine("burst-1")).isFalse();
        assertThat(standing().at("/decisions/0/reason").asString()).isEqualTo("It was asked for.");
    }

    @Test
    @Order(13)
    void a_name_is_given_once_and_a_pool_that_is_not_in_the_file_any_more_gives_up_its_machines() {
        say(shortSince(clock.instant().minusSeconds(2)));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(standing().path("standing").asString()).isEqualTo("burst-1 leaves the fleet."));
        jdbc.sql("delete from machine where name = 'burst-1'").update();
        await().atMost(Duration.ofSeconds(60)).until(() -> hasMachine("burst-2"));

        put(told(HOST_KEY), 200);

        assertThat(hasMachine("burst-2")).isFalse();
        assertThat(standing().at("/decisions/0/reason").asString()).isEqualTo("The fleet has no pool burst any more.");
    }

    private boolean hasMachine(String name) {
        return fleets.find().orElseThrow().fleet().machine(name).isPresent();
    }

    private ObjectNode toldWithPool() {
        ObjectNode body = told(HOST_KEY);
        body.set("fleet", json.valueToTree(FleetFile.parse("fleet", POOL)));
        return body;
    }

    private JsonNode standing() {
        return get("/api/v1/capacity");
    }

    private CapacityReport shortSince(Instant since) {
        Shortage shortage = new Shortage(
                new AppName("shop"), List.of(new ServiceName("web")), 1, 1, Memory.parse("1Gi"), Map.of(), since);
        return new CapacityReport(clock.instant(), 1, List.of(shortage), List.of());
    }

    @Test
    @Order(14)
    void a_size_that_was_refused_is_asked_for_again_when_the_fleet_is_told_again() {
        machines.sizeRefused("vm-1", "8.0 cpus, 16Gi", "There is no room.");
        assertThat(machines.find("vm-1").orElseThrow().sizeRefusedWhy()).isEqualTo("There is no room.");
        put(told(HOST_KEY), 200);
        assertThat(machines.find("vm-1").orElseThrow().sizeRefused()).isNull();
    }

    @Test
    @Order(15)
    void a_machine_that_left_while_it_was_looked_at_does_not_come_back() {
        machines.sawLeaving("vm-9", "UNKNOWN", null, null);
        assertThat(machines.find("vm-9")).isEmpty();
        machines.saw("vm-9", "ON", "10.0.0.9", null);
        machines.sawLeaving("vm-9", "OFF", null, "It does not answer.");
        assertThat(machines.find("vm-9").orElseThrow())
                .returns("OFF", KnownMachine::state)
                .returns("10.0.0.9", KnownMachine::address)
                .returns("It does not answer.", KnownMachine::problem);
        machines.remove("vm-9");
    }

    @Test
    @Order(16)
    void what_the_provider_is_at_is_shown_since_it_was_begun_first() {
        URI forgotten = URI.create("https://localhost/operations/1");
        URI again = URI.create("https://localhost/operations/" + "x".repeat(4000));
        ongoing.begun("vm-3", "create vm-3", forgotten);
        String since = ongoing().at("/0/since").asString();
        ongoing.begun("vm-3", "create vm-3", again);
        assertThat(ongoing.of("vm-3")).contains(again);
        assertThat(ongoing().at("/0/what").asString()).isEqualTo("create vm-3");
        assertThat(ongoing().at("/0/since").asString()).isEqualTo(since);
        ongoing.ended("vm-3");
        assertThat(ongoing.of("vm-3")).isEmpty();
        assertThat(ongoing().size()).isZero();
    }

    private JsonNode ongoing() {
        return get("/api/v1/reconciliation").path("ongoing");
    }

    private void say(CapacityReport report) {
        kafka.send(Topics.CAPACITY, CapacityReport.KEY, report).join();
    }

    private long heard() {
        return jdbc.sql("select count(*) from inbox where consumer like '%capacity%'")
                .query(Long.class)
                .single();
    }

    private void ask(RecoveryRequest request) {
        kafka.send(Topics.RECOVERY_REQUESTS, request.incident().value(), request)
                .join();
    }

    private void awaitAnswer(IncidentId incident, String type) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                jdbc.sql("select convert_from(payload, 'UTF8') from outbox where topic = ? and key = ?")
                                        .params(Topics.RECOVERY_EVENTS, incident.value())
                                        .query(String.class)
                                        .list())
                        .singleElement()
                        .satisfies(answer -> assertThat(answer).contains("\"" + type + "\"")));
    }
}
