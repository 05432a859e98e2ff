package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.file.FleetFile;
import io.gantry.lifecyclemanager.LifecycleManagerApplication;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineShell;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.hosts.FleetEntry;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.machines.platform.FleetSecrets;
import io.gantry.remote.Engines;
import io.gantry.testkit.EmbeddedPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/** A host that somebody takes out of a running fleet again: here machines that another fleet made. */
@SpringBootTest(
        classes = LifecycleManagerApplication.class,
        properties = {
            "spring.config.name=lifecycle-manager",
            "gantry.fleet=" + LeavingHostIT.FLEET,
            "lifecycle-manager.fleet.enabled=true",
            "lifecycle-manager.machine=stays",
            "lifecycle-manager.platform-image=gantry/platform:none"
        })
@AutoConfigureRestTestClient
@EmbeddedPlatform
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingHostIT {
    static final String FLEET = "leaving-it";

    private static final String OWNER = "leaving-it-owner";
    private static final MachineSize SMALL = new MachineSize(1, Memory.mebibytes(1024));
    private static final Path FOLDER = folder();
    private static final FleetKeys OWNERS = FleetKeys.in(FOLDER.resolve("owner"), OWNER);
    private static final FleetKeys FLEETS = FleetKeys.in(FOLDER.resolve("fleet"), FLEET);

    private final Engines engines = new Engines(OWNERS.privateKey());
    private final LocalMachines hosts = new LocalMachines(
            LocalSettings.of(OWNER, LocalSettings.WITH_DOCKER),
            engines.of(URI.create("unix:///var/run/docker.sock"), null),
            OWNERS,
            new KnownHosts(FOLDER.resolve("known_hosts")),
            InstantSource.system());

    @Autowired
    RestTestClient rest;

    @Autowired
    JsonMapper json;

    @Autowired
    MachineTable machines;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Progress progress;

    @Autowired
    Reconciler reconciler;

    @Autowired
    StepRuns steps;

    private static Path folder() {
        try {
            return Files.createTempDirectory("leaving");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @DynamicPropertySource
    static void whatTheBootstrapperPutsThere(DynamicPropertyRegistry settings) throws IOException {
        FleetSecrets.generate(new SecureRandom()).write(FOLDER.resolve("secrets.json"));
        settings.add("lifecycle-manager.secrets", () -> FOLDER.resolve("secrets.json"));
        settings.add("gantry.ssh-key", FLEETS::privateKey);
    }

    @AfterAll
    void leaveNothing() {
        reconciler.stop();
        await().until(() -> steps.busyMachines().isEmpty());
        hosts.deleteAll();
        engines.close();
    }

    @Test
    void the_fleet_has_no_way_in_any_more_and_the_owner_has() {
        Machine stays = given("stays");
        Machine leaves = given("leaves");
        tell(stays, leaves);
        await().atMost(Duration.ofMinutes(4))
                .until(() ->
                        machines.find("leaves").map(KnownMachine::preparedAt).isPresent());
        assertThat(finds(leaves, "id gantry")).isTrue();
        forgetTheLogin("leaves");
        await().until(() -> machines.find("leaves").map(KnownMachine::login).isPresent());

        tell(stays);
        await().until(() -> machines.find("leaves").isEmpty());

        assertNoWayIn(leaves);
        assertThat(finds(leaves, "id gantry")).isFalse();
        try (MachineShell shell = MachineShell.of(stays, FLEETS.privateKey())) {
            shell.knock();
        }
    }

    @Test
    void nor_has_it_on_a_host_that_was_never_prepared() {
        Machine stays = given("stays");
        Machine odd = given("odd");
        runAnotherSystem(odd);
        tell(stays, odd);
        await().atMost(Duration.ofMinutes(4))
                .until(() ->
                        progress.find().waitsFor().stream().anyMatch(why -> why.contains("odd to prepare Docker")));

        tell(stays);
        await().until(() -> machines.find("odd").isEmpty());

        assertNoWayIn(odd);
    }

    private static void assertNoWayIn(Machine host) {
        try (MachineShell shell = MachineShell.of(host, FLEETS.privateKey())) {
            assertThatThrownBy(shell::knock)
                    .isInstanceOfSatisfying(
                            MachineFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo(MachineFailure.Reason.KEY_REFUSED));
        }
    }

    /** One on which Docker is not prepared. */
    private static void runAnotherSystem(Machine host) {
        try (MachineShell shell = MachineShell.of(host, OWNERS.privateKey())) {
            shell.act("be another system", Duration.ofMinutes(1), "echo ID=another > /etc/os-release");
        }
    }

    /** As in a database that is older than the column. */
    private void forgetTheLogin(String machine) {
        jdbc.sql("update machine set login = null where name = ?")
                .param(machine)
                .update();
    }

    /** As the bootstrapper does it, which has the owner's key. */
    private Machine given(String name) {
        Machine host = hosts.create(new WantedMachine(name, SMALL, Map.of(), true));
        await().ignoreExceptionsInstanceOf(MachineFailure.class)
                .until(() -> FleetEntry.ensure(host, OWNERS.privateKey(), FLEETS) != null);
        return host;
    }

    private static boolean finds(Machine host, String what) {
        try (MachineShell shell = MachineShell.of(host, OWNERS.privateKey())) {
            return shell.finds(what);
        }
    }

    private void tell(Machine... hosts) {
        var file = new StringBuilder("name: %s\nprovider: static\nmachines:\n".formatted(FLEET));
        for (Machine host : hosts) {
            file.append("  - {name: %s, address: %s, ssh: {user: %s}}\n"
                    .formatted(host.name(), host.address(), host.login().user()));
        }
        var told = json.createObjectNode();
        told.set("fleet", json.valueToTree(FleetFile.parse("fleet", file.toString())));
        told.set(
                "machines",
                json.valueToTree(List.of(hosts).stream()
                        .map(host -> Map.of(
                                "name",
                                host.name(),
                                "hostKey",
                                host.login().hostKey().toString()))
                        .toList()));
        rest.put()
                .uri("/api/v1/fleet")
                .contentType(MediaType.APPLICATION_JSON)
                .body(told)
                .exchange()
                .expectStatus()
                .isOk();
    }
}
