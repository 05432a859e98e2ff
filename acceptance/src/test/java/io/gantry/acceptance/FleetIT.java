package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.ConstantRequests;
import io.gantry.acceptance.driver.Fleet;
import io.gantry.acceptance.driver.FleetMachine;
import io.gantry.acceptance.driver.PlatformReplica;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** One fleet, from nothing to nothing again; what each test leaves, the next one finds. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(600)
class FleetIT {
    private static final System.Logger LOG = System.getLogger(FleetIT.class.getName());
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final List<String> SERVICES = List.of(
            "postgres",
            "blob-storage",
            "container-registry",
            "kafka",
            "lifecycle-manager",
            "scheduler",
            "deployer",
            "load-balancer",
            "node-manager",
            "monitoring");

    private static Fleet fleet;

    @BeforeAll
    static void describe() throws IOException {
        fleet = Fleet.described();
    }

    @AfterAll
    static void leave_nothing_behind() throws IOException {
        fleet.close();
    }

    @Test
    @Order(1)
    void one_command_brings_up_three_machines_and_the_whole_platform() throws IOException, InterruptedException {
        var up = fleet.up();
        assertThat(up.exitCode()).as(up.err()).isZero();

        assertThat(fleet.json("machines").path("machines").values())
                .hasSize(3)
                .allSatisfy(
                        machine -> assertThat(machine.path("state").asString()).isEqualTo("ON"));
        assertThat(fleet.services().stream().map(PlatformReplica::service).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(SERVICES);
        assertThat(fleet.isReady()).isTrue();
    }

    @Test
    @Order(2)
    void the_same_again_has_nothing_to_do() throws IOException, InterruptedException {
        var again = fleet.up();
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).contains("Nothing to do");
    }

    @Test
    @Order(3)
    void apps_are_deployed_and_reached_at_the_address_of_their_machine() throws IOException, InterruptedException {
        var hello = fleet.deploy("hello-python", "hello");
        var shop = fleet.deploy("shop", "shop");

        assertThat(hello.getHost()).startsWith("10.");
        assertThat(Rest.get(hello).body()).contains("Hello from hello");
        assertThat(Rest.get(shop).body()).contains("<h1>Shop</h1>");
    }

    @Test
    @Order(4)
    void nobody_gets_in_without_a_key() throws IOException, InterruptedException {
        for (PlatformReplica service : fleet.services()) {
            if (service.isOurs()) {
                URI address = service.at("/api/v1/apps");
                assertThat(Rest.get(address).status()).as(address.toString()).isEqualTo(401);
            }
        }
    }

    @Test
    @Order(5)
    void a_killed_service_of_the_platform_comes_back_and_apps_go_on() throws IOException, InterruptedException {
        var figures = new StringJoiner("\n", "service | killed to ready again\n", "");
        try (var visitors = ConstantRequests.to(addressOf("hello"))) {
            for (PlatformReplica service : fleet.services()) {
                figures.add("%s | %d ms".formatted(service, crashed(service).toMillis()));
            }
            assertThat(visitors.failures()).isEmpty();
        }
        LOG.log(System.Logger.Level.INFO, figures.toString());
        fleet.awaitReady();
        assertThat(Rest.get(fleet.deploy("hello-node", "after")).status()).isEqualTo(200);
    }

    /** How long it took to be ready again. */
    private static Duration crashed(PlatformReplica service) {
        FleetMachine machine = fleet.machine(service.machine());
        String start = machine.start(service.service());
        long began = System.nanoTime();
        machine.crash(service.service());
        await(service + " started again")
                .atMost(SOON)
                .pollInterval(OFTEN)
                .until(() -> !machine.start(service.service()).equals(start));
        await(service + " ready again").atMost(SOON).pollInterval(OFTEN).until(service::isReady);
        return since(began);
    }

    @Test
    @Order(6)
    void what_ran_on_a_lost_machine_answers_elsewhere_and_is_not_doubled_when_that_returns()
            throws IOException, InterruptedException {
        String lost = instancesOf("hello").getFirst().path("node").asString();
        assertThat(lost)
                .as("the machine without which nothing works")
                .isNotEqualTo(fleet.service("postgres").machine());

        long began = System.nanoTime();
        fleet.machine(lost).kill();
        awaitElsewhere("hello", lost);
        Duration answers = since(began);
        fleet.awaitReady();
        Duration ready = since(began);
        LOG.log(
                System.Logger.Level.INFO,
                "machine killed to its app answering elsewhere | {0} ms\nmachine killed to a whole fleet | {1} ms",
                answers.toMillis(),
                ready.toMillis());

        awaitOneOfEach();
        // One for the machine, too, only if it was not on again before monitoring was sure.
        assertThat(incidents().stream().map(incident -> incident.path("app").asString("")))
                .contains("hello");
    }

    @Test
    @Order(7)
    void what_ran_on_a_machine_that_is_cut_off_answers_elsewhere_and_is_not_doubled_when_it_is_joined_again()
            throws IOException, InterruptedException {
        String cut = instancesOf("hello").getFirst().path("node").asString();
        assertThat(cut)
                .as("the machine without which nothing works")
                .isNotEqualTo(fleet.service("postgres").machine());

        long began = System.nanoTime();
        try (var _ = fleet.machine(cut).cutOff()) {
            awaitElsewhere("hello", cut);
            LOG.log(
                    System.Logger.Level.INFO,
                    "machine cut off to its app answering elsewhere | {0} ms",
                    since(began).toMillis());
        }
        fleet.awaitReady();
        awaitOneOfEach();
    }

    @Test
    @Order(8)
    void without_a_database_for_half_a_minute_apps_serve_and_afterwards_all_is_as_before()
            throws IOException, InterruptedException {
        PlatformReplica database = fleet.service("postgres");
        FleetMachine machine = fleet.machine(database.machine());
        Set<String> before = runningBeside("postgres");
        try (var visitors = ConstantRequests.to(addressOf("hello"))) {
            machine.pause(database.service());
            try {
                Thread.sleep(Duration.ofSeconds(30));
            } finally {
                machine.goOn(database.service());
            }
            fleet.awaitReady();
            assertThat(visitors.failures()).isEmpty();
        }
        assertThat(runningBeside("postgres")).isEqualTo(before);
        assertThat(Rest.get(fleet.deploy("site", "later")).status()).isEqualTo(200);
    }

    @Test
    @Order(9)
    void lifecycle_managers_that_are_gone_are_brought_back_and_nothing_else_is_touched()
            throws IOException, InterruptedException {
        Set<String> before = runningBeside("lifecycle-manager");
        for (PlatformReplica service : fleet.services()) {
            if (service.service().equals("lifecycle-manager")) {
                fleet.machine(service.machine()).remove("lifecycle-manager");
            }
        }
        long began = System.nanoTime();
        var recovered = fleet.recover();
        assertThat(recovered.exitCode()).as(recovered.err()).isZero();
        fleet.awaitReady();
        LOG.log(
                System.Logger.Level.INFO,
                "lifecycle managers gone, gantry recover to a whole fleet | {0} ms",
                since(began).toMillis());
        assertThat(runningBeside("lifecycle-manager")).isEqualTo(before);
    }

    @Test
    @Order(10)
    void another_lifecycle_manager_acts_when_the_one_that_did_hangs() throws IOException, InterruptedException {
        List<PlatformReplica> managers = fleet.services().stream()
                .filter(service -> service.service().equals("lifecycle-manager"))
                .toList();
        FleetMachine first = fleet.machine(fleet.service("postgres").machine());
        PlatformReplica other = managers.stream()
                .filter(manager -> !manager.machine().equals(first.name()))
                .findFirst()
                .orElseThrow();
        long began = System.nanoTime();
        first.pause("lifecycle-manager");
        try {
            String token = Rest.postJson(other.at("/api/v1/services/load-balancer/restart"), "", fleet.key())
                    .expect(202)
                    .json()
                    .path("token")
                    .asString();
            String[] key = fleet.key();
            await("load-balancer restarted")
                    .atMost(SOON)
                    .pollInterval(OFTEN)
                    .until(() -> Rest.get(other.at("/api/v1/operations/" + token), key)
                            .expect(200)
                            .json()
                            .path("state")
                            .asString()
                            .equals("SUCCEEDED"));
        } finally {
            first.goOn("lifecycle-manager");
        }
        LOG.log(
                System.Logger.Level.INFO,
                "acting lifecycle manager hangs to a service restarted by the other | {0} ms",
                since(began).toMillis());
        fleet.awaitReady();
    }

    @Test
    @Order(11)
    void every_incident_is_over_in_the_end() {
        await("The end of all incidents")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(incidents())
                        .isNotEmpty()
                        .allSatisfy(incident ->
                                assertThat(incident.path("state").asString()).isEqualTo("CLOSED")));
    }

    @Test
    @Order(12)
    void nothing_is_left_of_it() throws IOException, InterruptedException {
        var down = fleet.down();
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(fleet.leftOnThisComputer()).isEmpty();
        assertThat(fleet.leftInHome()).isEmpty();
    }

    private static void awaitElsewhere(String app, String lost) throws IOException, InterruptedException {
        PlatformReplica registry = fleet.service("node-manager");
        String[] key = fleet.key();
        await(app + " answers elsewhere")
                .atMost(SOON)
                .pollInterval(OFTEN)
                .ignoreExceptions()
                .until(() -> instances(registry, key, app).stream()
                        .filter(instance -> !instance.path("node").asString().equals(lost))
                        .anyMatch(instance -> Rest.get(addressOf(instance)).status() == 200));
    }

    private static void awaitOneOfEach() {
        await("One instance of each app, and one container").atMost(SOON).untilAsserted(() -> {
            assertThat(instancesOf("hello"))
                    .singleElement()
                    .satisfies(instance ->
                            assertThat(instance.path("state").asString()).isEqualTo("RUNNING"));
            assertThat(containersOf("hello")).hasSize(1);
            assertThat(containersOf("shop")).hasSize(instancesOf("shop").size());
        });
    }

    private static List<JsonNode> instancesOf(String app) throws IOException, InterruptedException {
        return instances(fleet.service("node-manager"), fleet.key(), app);
    }

    private static List<JsonNode> instances(PlatformReplica registry, String[] key, String app) {
        return Rest.get(registry.at("/api/v1/instances?app=" + app), key)
                .expect(200)
                .json()
                .path("instances")
                .values()
                .stream()
                .toList();
    }

    private static URI addressOf(String app) throws IOException, InterruptedException {
        return addressOf(instancesOf(app).getFirst());
    }

    private static URI addressOf(JsonNode instance) {
        return URI.create("http://%s:%d/"
                .formatted(
                        instance.path("address").asString(),
                        instance.path("port").asInt()));
    }

    private static List<String> containersOf(String app) throws IOException, InterruptedException {
        return fleet.machines().stream()
                .flatMap(machine -> machine.runningOf(app).stream())
                .toList();
    }

    private static Set<String> runningBeside(String service) throws IOException, InterruptedException {
        return fleet.machines().stream()
                .flatMap(machine -> machine.running().stream())
                .filter(container -> !container.startsWith("gantry-" + service))
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> incidents() throws IOException, InterruptedException {
        return fleet.json("incidents").path("incidents").values().stream().toList();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
