package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.file.FleetFile;
import io.gantry.lifecyclemanager.LifecycleManagerApplication;
import io.gantry.lifecyclemanager.fleet.Fleets;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.platform.FleetSecrets;
import io.gantry.machines.platform.PlatformImages;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.registry.RegistryLogin;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.testkit.EmbeddedPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real local machines are made, prepared and filled with what keeps data; what fails is told, what is off is started, what is to be larger is resized. */
@SpringBootTest(
        classes = LifecycleManagerApplication.class,
        properties = {
            "spring.config.name=lifecycle-manager",
            "gantry.fleet=" + MachinesIT.FLEET,
            "lifecycle-manager.fleet.enabled=true",
            "lifecycle-manager.machine=vm-1",
            "lifecycle-manager.platform-image=gantry/platform:none",
            "lifecycle-manager.provider.local-engine=" + MachinesIT.ENGINE
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachinesIT {
    static final String FLEET = "reconciler-it";
    static final String ENGINE = "unix:///var/run/docker.sock";
    private static final List<String> IMAGES =
            List.of("gantry/postgres:1", "gantry/azurite:1", "gantry/registry:1", "gantry/kafka:1");

    @Autowired
    RestTestClient rest;

    @Autowired
    JsonMapper json;

    @Autowired
    Engines engines;

    @Autowired
    MachineTable machines;

    @Autowired
    Fleets fleets;

    @Autowired
    Providers providers;

    @Autowired
    Reconciler reconciler;

    @Autowired
    StepRuns steps;

    @DynamicPropertySource
    static void whatTheBootstrapperPutsThere(DynamicPropertyRegistry settings) {
        try {
            Path folder = Files.createTempDirectory("fleet");
            FleetSecrets.generate(new SecureRandom()).write(folder.resolve("secrets.json"));
            settings.add("lifecycle-manager.secrets", () -> folder.resolve("secrets.json"));
            Path key = FleetKeys.in(folder.resolve("keys"), FLEET).privateKey();
            settings.add("gantry.ssh-key", () -> key);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Not before nobody makes it again. */
    @AfterAll
    void leaveNothing() {
        reconciler.stop();
        await().atMost(Duration.ofMinutes(1)).until(() -> steps.busyMachines().isEmpty());
        fleets.find().ifPresent(document -> providers.of(document.fleet()).deleteAll());
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(300));
    }

    private JsonNode get(String uri) {
        JsonNode body = rest.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).isNotNull();
        return body;
    }

    private List<String> ready() {
        return get("/api/v1/services").path("services").values().stream()
                .filter(service -> service.path("state").asString().equals("READY"))
                .map(service -> service.path("name").asString())
                .toList();
    }

    private void carryImages() {
        KnownMachine machine = machines.find("vm-1").orElseThrow();
        URI uri = machine.engine();
        assertThat(uri).isNotNull();
        Engine from = engines.of(URI.create(ENGINE), null);
        new PlatformImages("vm-1", new RegistryAccess("none:1", RegistryLogin.none(), true), (_, _) -> {})
                .carry(from, engines.of(uri, machine.hostKey()), IMAGES);
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void machines_become_what_they_are_to_be_come_back_when_they_were_switched_off_and_are_resized() {
        tell("small");
        patiently()
                .until(() -> machines.find("vm-1").map(KnownMachine::preparedAt).isPresent());
        patiently()
                .until(() -> get("/api/v1/reconciliation")
                        .path("waitsFor")
                        .toString()
                        .contains("tried"));
        carryImages();
        patiently().untilAsserted(() -> assertThat(ready()).containsAll(Replica.KEEP_DATA));

        for (String service : List.of("postgres", "kafka")) {
            awaitRestarted(service, restart(service));
        }

        providers.of(fleets.find().orElseThrow().fleet()).stop("vm-1");
        patiently()
                .until(() ->
                        get("/api/v1/reconciliation").path("steps").toString().contains("start the machine"));
        patiently().untilAsserted(() -> assertThat(ready()).containsAll(Replica.KEEP_DATA));

        patiently()
                .until(() -> machines.find("vm-2").map(KnownMachine::preparedAt).isPresent());
        tell("medium");
        patiently()
                .untilAsserted(() ->
                        assertThat(machines.find("vm-2").orElseThrow().memory()).isEqualTo(Memory.parse("4Gi")));
        assertThat(providers
                        .of(fleets.find().orElseThrow().fleet())
                        .find("vm-2")
                        .orElseThrow()
                        .size()
                        .memory())
                .isEqualTo(Memory.parse("4Gi"));
        assertThat(steps("vm-2")).contains("resize the machine");
    }

    /** By then it listens again. */
    private void awaitRestarted(String service, String token) {
        patiently()
                .untilAsserted(() -> assertThat(
                                get("/api/v1/operations/" + token).path("state").asString())
                        .isEqualTo("SUCCEEDED"));
        String address = machines.find("vm-1").orElseThrow().address();
        int port = fleets.find()
                .orElseThrow()
                .fleet()
                .service(service)
                .orElseThrow()
                .port();
        assertThatCode(() -> new Socket(address, port).close()).as(service).doesNotThrowAnyException();
    }

    private List<String> steps(String machine) {
        return get("/api/v1/reconciliation").path("steps").values().stream()
                .filter(step -> step.path("machine").asString().equals(machine))
                .map(step -> step.path("what").asString())
                .toList();
    }

    /** @param size of its second machine */
    private void tell(String size) {
        rest.put()
                .uri("/api/v1/fleet")
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.createObjectNode()
                        .set("fleet", json.valueToTree(FleetFile.parse("fleet", """
                                name: %s
                                machines: [{name: vm-1}, {name: vm-2, role: worker, size: %s}]
                                """.formatted(FLEET, size)))))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private String restart(String service) {
        JsonNode accepted = rest.post()
                .uri("/api/v1/services/" + service + "/restart")
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(accepted).isNotNull();
        return accepted.path("token").asString();
    }
}
