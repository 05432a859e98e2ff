package io.gantry.benchmarks.fleet;

import static java.util.stream.Collectors.toMap;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.platform.Api;
import io.gantry.benchmarks.platform.Api.Service;
import io.gantry.benchmarks.processes.Limited;
import io.gantry.benchmarks.processes.Scratch;
import io.gantry.remote.Labels;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three local machines, brought up by the launcher: {@code vm-1} keeps the platform's data, {@code vm-2} runs platform and apps,
 * {@code vm-3} apps alone. All of it is gone when it is closed.
 */
public final class Fleet implements Closeable {
    private static final String LAUNCHER = Path.of("gantry").toAbsolutePath().toString();
    private static final Duration UP = Duration.ofMinutes(12);
    private static final Duration TO_SETTLE = Duration.ofMinutes(4);

    private final String name;
    private final DockerClient docker;
    private final Scratch home;
    private final Limited launcher;
    private double secondsUp;
    private List<Replica> replicas = List.of();

    private Fleet(String name, DockerClient docker, Scratch home, Path log) {
        this.name = name;
        this.docker = docker;
        this.home = home;
        this.launcher = new Limited(
                Map.of(
                        "GANTRY_FLEETS_DIR", home.folder().resolve("fleets").toString(),
                        "XDG_CONFIG_HOME", home.folder().resolve("config").toString()),
                log);
    }

    /**
     * From nothing until all is ready.
     *
     * @param logs folder that keeps what the command line says
     */
    public static Fleet up(DockerClient docker, Path logs, Progress progress)
            throws IOException, InterruptedException, TimeoutException {
        progress.say("bringing up a fleet: some minutes");
        String name = "bench-" + Long.toString(ProcessHandle.current().pid(), 36);
        Fleet fleet = new Fleet(name, docker, Scratch.create("fleet"), logs.resolve("fleet.log"));
        try {
            fleet.describe();
            fleet.secondsUp = fleet.up();
            fleet.awaitSettled();
            return fleet;
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException failure) {
            fleet.close();
            throw failure;
        }
    }

    private void describe() throws IOException {
        Files.writeString(file(), """
                name: %s
                machines:
                  - {name: vm-1, role: control}
                  - {name: vm-2, role: both}
                  - {name: vm-3, role: worker}
                """.formatted(name));
    }

    /** How long it took to come up from nothing. */
    double secondsUp() {
        return secondsUp;
    }

    /** @return how long it took, in seconds */
    double up() throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start();
        launcher.run(UP, List.of(LAUNCHER, "up", "--yes", "-f", file().toString()));
        return watch.seconds();
    }

    private Path file() {
        return home.folder().resolve("fleet.yaml");
    }

    private Path kept(String file) {
        return home.folder().resolve("fleets").resolve(name).resolve(file);
    }

    // --- what is there ---

    /** Machines by name. */
    Map<String, Vm> machines() {
        return docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(Labels.FLEET, name)).exec().stream()
                .filter(container -> container.getLabels().containsKey(Labels.MACHINE))
                .collect(toMap(
                        container -> container.getLabels().get(Labels.MACHINE),
                        container -> new Vm(container.getNames()[0].substring(1), "gantry." + name),
                        (one, other) -> one,
                        TreeMap::new));
    }

    Vm machine(String machine) {
        Vm vm = machines().get(machine);
        if (vm == null) {
            throw new IllegalStateException("The fleet %s has no machine %s".formatted(name, machine));
        }
        return vm;
    }

    /** Every replica of the platform's services, as they were when all was settled last. */
    List<Replica> replicas() {
        return replicas;
    }

    Replica replica(String service) {
        return replicas.stream()
                .filter(replica -> replica.service().equals(service))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The fleet %s has no %s".formatted(name, service)));
    }

    /** Speaks to each service where it was when all was settled last. */
    public Api api() throws IOException {
        return new Api(service -> replica(service.word()).uri(), key());
    }

    private String key() throws IOException {
        return Files.readString(kept("operator-key")).strip();
    }

    /** Of the user {@code gantry} at the central database. */
    String databasePassword() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(kept("secrets.json")))
                .path("databasePassword")
                .asString();
    }

    /** Until every service is ready and nothing is left to do. */
    void awaitSettled() throws InterruptedException, TimeoutException {
        Await.until("the fleet to settle", TO_SETTLE, Duration.ofMillis(500), this::isSettled);
    }

    private boolean isSettled() {
        try {
            for (Vm vm : machines().values()) {
                if (tellsThatItIsSettled(vm)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notNow) {
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean tellsThatItIsSettled(Vm vm) throws IOException, InterruptedException {
        String address = vm.address();
        if (address.isEmpty()) {
            return false;
        }
        try {
            Api there = new Api(service -> Replica.uri(address, Replica.LIFECYCLE_MANAGER_PORT), key());
            boolean settled = there.look(Service.LIFECYCLE_MANAGER, "/reconciliation")
                    .path("settled")
                    .asBoolean();
            List<Replica> seen = new ArrayList<>();
            for (JsonNode service : there.look(Service.LIFECYCLE_MANAGER, "/services")
                    .path("services")
                    .values()) {
                seen.add(Replica.of(service));
                settled &= service.path("state").asString().equals("READY");
            }
            if (settled) {
                replicas = List.copyOf(seen);
            }
            return settled && !seen.isEmpty();
        } catch (IOException | IllegalStateException runsElsewhere) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            launcher.run(UP, List.of(LAUNCHER, "down", "--yes", "-f", file().toString()));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            home.close();
        }
    }
}
