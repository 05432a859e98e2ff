package io.gantry.monitoring.watch;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Memory;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.docker.DockerPreparation;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.docker.PreparedEngine;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.remote.Engines;
import io.gantry.remote.HealthProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A machine of its own that freezes, dies and starts again, asked over SSH all the while. */
class ReachIT {
    private static final String FLEET = "watched";
    private static final String CONTAINER = "gantry.watched.vm-1";
    private static final URI LOCAL = URI.create("unix:///var/run/docker.sock");
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final HealthProbe INSTANCES = new HealthProbe();

    private static Engines engines;
    private static LocalMachines machines;
    private static PreparedMachine machine;
    private static Probes probes;

    @BeforeAll
    static void provision() throws IOException {
        Path folder = Files.createTempDirectory(FLEET);
        FleetKeys keys = FleetKeys.in(folder.resolve("keys"), FLEET);
        engines = new Engines(keys.privateKey());
        machines = new LocalMachines(
                LocalSettings.of(FLEET, LocalSettings.WITH_DOCKER),
                engines.of(LOCAL, null),
                keys,
                new KnownHosts(folder.resolve("known_hosts")),
                InstantSource.system());
        machines.deleteAll();
        Machine made = machines.create(new WantedMachine("vm-1", new MachineSize(1, Memory.mebibytes(512)), Map.of()));
        PreparedEngine prepared = new DockerPreparation(
                        PreparationSettings.forRegistry(null), keys, InstantSource.system(), PreparationProgress.NOBODY)
                .prepare(made, keys.privateKey());
        machine = new PreparedMachine(
                new NodeId("vm-1"),
                prepared.uri(),
                prepared.hostKey().toString(),
                made.address(),
                true,
                1,
                Memory.mebibytes(256),
                Map.of(),
                false,
                Instant.EPOCH);
        probes = new NetworkProbes(new EngineQuestions(engines), HTTP, INSTANCES, THREADS, Duration.ofSeconds(1));
    }

    @AfterAll
    static void delete() {
        machines.deleteAll();
        engines.close();
        HTTP.shutdownNow();
        INSTANCES.close();
        THREADS.shutdownNow();
    }

    private static DockerClient docker() {
        return engines.of(LOCAL, null).docker();
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(500));
    }

    private static Optional<String> ask() throws InterruptedException {
        return probes.ask(machine);
    }

    @Test
    void it_answers_exactly_while_it_lives() throws InterruptedException {
        soon().until(() -> ask().isEmpty());
        soon().until(() -> probes.container(machine, "scheduler").equals(new ContainerWord.Absent()));

        docker().pauseContainerCmd(CONTAINER).exec();
        assertThat(ask()).isPresent();
        assertThat(ask()).isPresent();
        docker().unpauseContainerCmd(CONTAINER).exec();
        soon().until(() -> ask().isEmpty());

        docker().killContainerCmd(CONTAINER).exec();
        assertThat(ask()).isPresent();
        assertThat(ask()).isPresent();
        machines.start("vm-1");
        soon().until(() -> ask().isEmpty());
        soon().until(() -> probes.container(machine, "scheduler").equals(new ContainerWord.Absent()));
    }
}
