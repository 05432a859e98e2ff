package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.ConstantRequests;
import io.gantry.acceptance.driver.FleetMachine;
import io.gantry.acceptance.driver.PlatformReplica;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the whole platform depends on is away for a while, or gone. */
class PlatformAway extends FleetPart {
    private static final String MANAGER = "lifecycle-manager";
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    @Test
    @Order(1)
    void without_a_database_for_half_a_minute_apps_serve_and_afterwards_all_is_as_before()
            throws IOException, InterruptedException {
        PlatformReplica database = fleet.service("postgres");
        Set<String> before = runningBeside("postgres");
        try (var visitors = ConstantRequests.to(fleet.app("hello").address())) {
            try (var _ = fleet.machine(database.machine()).hung(database.service())) {
                visitors.keepAsking(OUTAGE);
            }
            fleet.awaitReady();
            assertThat(visitors.failures()).isEmpty();
        }
        assertThat(runningBeside("postgres")).isEqualTo(before);
        assertThat(Rest.get(fleet.deploy("site", "later")).status()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void lifecycle_managers_that_are_gone_are_brought_back_and_nothing_else_is_touched()
            throws IOException, InterruptedException {
        Set<String> before = runningBeside(MANAGER);
        for (PlatformReplica service : fleet.services()) {
            if (service.service().equals(MANAGER)) {
                fleet.machine(service.machine()).remove(MANAGER);
            }
        }
        long began = System.nanoTime();
        var recovered = fleet.recover();
        assertThat(recovered.exitCode()).as(recovered.err()).isZero();
        fleet.awaitReady();
        tell("lifecycle managers gone, gantry recover to a whole fleet", since(began));
        assertThat(runningBeside(MANAGER)).isEqualTo(before);
    }

    @Test
    @Order(3)
    void another_lifecycle_manager_acts_when_the_one_that_did_hangs() throws IOException, InterruptedException {
        FleetMachine first = fleet.machine(fleet.service("postgres").machine());
        PlatformReplica other = fleet.services().stream()
                .filter(service -> service.service().equals(MANAGER))
                .filter(manager -> !manager.machine().equals(first.name()))
                .findFirst()
                .orElseThrow();
        long began = System.nanoTime();
        try (var _ = first.hung(MANAGER)) {
            awaitRestarted("load-balancer", other);
        }
        tell("acting lifecycle manager hangs to a service restarted by the other", since(began));
        fleet.awaitReady();
    }

    private void awaitRestarted(String service, PlatformReplica manager) throws IOException {
        String[] key = fleet.key();
        String token = Rest.postJson(manager.at("/api/v1/services/%s/restart".formatted(service)), "", key)
                .expect(202)
                .json()
                .path("token")
                .asString();
        await(service + " restarted")
                .atMost(SOON)
                .pollInterval(OFTEN)
                .ignoreExceptions()
                .until(() -> Rest.get(manager.at("/api/v1/operations/" + token), key)
                        .expect(200)
                        .json()
                        .path("state")
                        .asString()
                        .equals("SUCCEEDED"));
    }

    private Set<String> runningBeside(String service) throws IOException, InterruptedException {
        return fleet.machines().stream()
                .flatMap(machine -> machine.running().stream())
                .filter(container -> !container.startsWith("gantry-" + service))
                .collect(Collectors.toSet());
    }
}
