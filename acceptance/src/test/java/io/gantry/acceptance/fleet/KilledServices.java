package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.ConstantRequests;
import io.gantry.acceptance.driver.Deployment;
import io.gantry.acceptance.driver.FleetApp;
import io.gantry.acceptance.driver.FleetMachine;
import io.gantry.acceptance.driver.PlatformReplica;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Each service of the platform is killed, as it is needed; and one is restarted. */
class KilledServices extends FleetPart {
    private static final Bundle HELLO = Bundle.ofExample("hello-python");

    /** How far a deployment is when a service is killed: just before, or as, it needs that. */
    private static final Map<String, String> KILLED_AT =
            Map.of("blob-storage", "ACCEPTED", "container-registry", "PUSHING", "node-manager", "PUSHING");

    private static final String ELSE_AT = "BUILDING";
    private static final String MANAGER = "lifecycle-manager";

    @Test
    @Order(1)
    void each_comes_back_while_apps_serve_and_the_deployment_under_way_ends_well()
            throws IOException, InterruptedException {
        var figures = new StringJoiner("\n", "service | killed to ready again | its deployment in all\n", "");
        FleetApp disturbed = fleet.app("disturbed");
        try (var visitors = ConstantRequests.to(fleet.app("hello").address())) {
            for (PlatformReplica service : fleet.services()) {
                figures.add(survived(service, disturbed));
            }
            assertThat(visitors.failures()).isEmpty();
        }
        tell(figures.toString());
        fleet.awaitReady();
        var deleted = fleet.runLong("delete", disturbed.name(), "--yes", "--wait");
        assertThat(deleted.exitCode()).as(deleted.err()).isZero();
    }

    @Test
    @Order(2)
    void a_service_that_is_restarted_has_a_replica_that_answers_all_the_time()
            throws IOException, InterruptedException {
        List<PlatformReplica> managers = fleet.services().stream()
                .filter(service -> service.service().equals(MANAGER))
                .toList();
        assertThat(managers).hasSizeGreaterThan(1);
        Set<PlatformReplica> gone = new HashSet<>();
        String token = Rest.postJson(
                        managers.getFirst().at("/api/v1/services/%s/restart".formatted(MANAGER)), "", fleet.key())
                .expect(202)
                .json()
                .path("token")
                .asString();
        await("Each was away").atMost(SOON).pollInterval(OFTEN).until(() -> {
            assertThat(noneIsReady(managers)).isFalse();
            managers.stream().filter(manager -> !manager.isReady()).forEach(gone::add);
            return gone.containsAll(managers);
        });
        await("The restart is over")
                .atMost(SOON)
                .pollInterval(OFTEN)
                .ignoreExceptions()
                .until(() -> Rest.get(managers.getFirst().at("/api/v1/operations/" + token), fleet.key())
                        .expect(200)
                        .json()
                        .path("state")
                        .asString()
                        .equals("SUCCEEDED"));
        assertThat(managers).allMatch(PlatformReplica::isReady);
        fleet.awaitReady();
    }

    /** One may come back while the other is looked at, which goes then. */
    private static boolean noneIsReady(List<PlatformReplica> replicas) {
        return replicas.stream().noneMatch(PlatformReplica::isReady)
                && replicas.reversed().stream().noneMatch(PlatformReplica::isReady);
    }

    private String survived(PlatformReplica service, FleetApp disturbed) {
        FleetMachine machine = fleet.machine(service.machine());
        String process = machine.process(service.service());
        long asked = System.nanoTime();
        Deployment underWay = begun(disturbed, service);

        long killed = System.nanoTime();
        machine.end(process);
        awaitAnother(process, service, machine);
        Duration ready = since(killed);

        assertThatItEndsWell(disturbed, underWay, service);
        return "%s | %d ms | %d ms"
                .formatted(service, ready.toMillis(), since(asked).toMillis());
    }

    /** As far as the service is to be killed at. */
    private static Deployment begun(FleetApp app, PlatformReplica service) {
        Bundle changed = HELLO.replacing("app.py", "Hello from", "Hello after %s, from".formatted(service));
        Deployment asked = app.request(changed, "without " + service);
        assertThat(app.request(changed, "without " + service).token())
                .as("Asked again with the same key")
                .isEqualTo(asked.token());
        String step = KILLED_AT.getOrDefault(service.service(), ELSE_AT);
        return app.awaited(
                asked,
                it -> it.isFinal() || step.equals("ACCEPTED") || it.stepNames().contains(step));
    }

    private static void awaitAnother(String process, PlatformReplica service, FleetMachine machine) {
        await(service + " started again")
                .atMost(SOON)
                .pollInterval(OFTEN)
                .until(
                        () -> machine.process(service.service()),
                        now -> !now.equals(process) && !now.equals(FleetMachine.NO_PROCESS));
        await(service + " ready again").atMost(SOON).pollInterval(OFTEN).until(service::isReady);
    }

    private static void assertThatItEndsWell(FleetApp app, Deployment underWay, PlatformReplica service) {
        assertThat(underWay.isFinal()).as("Ended before %s was killed", service).isFalse();
        Deployment ended = app.awaited(underWay, Deployment::isFinal).expect("SUCCEEDED");
        assertThat(Rest.get(ended.url()).expect(200).body()).contains("Hello after " + service);
        await("One container, of the deployment during which %s was killed".formatted(service))
                .atMost(SOON)
                .pollInterval(OFTEN)
                .untilAsserted(() -> assertThat(app.containers()).containsExactly(ended.token()));
    }
}
