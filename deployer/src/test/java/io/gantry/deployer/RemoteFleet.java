package io.gantry.deployer;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
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
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Two machines with engines of their own, and a container registry that asks for a login and has the base images. */
final class RemoteFleet implements AutoCloseable {
    static final String NAME = "deployer-vm";
    private static final MachineSize SIZE = new MachineSize(1, Memory.mebibytes(1024));

    /** Small enough to be filled in no time. */
    private static final Memory DISK = Memory.mebibytes(400);

    private static final String END_ENGINE = """
            pid=$(cat /run/docker.pid) && kill "$pid" && while [ -e "/proc/$pid" ]; do sleep 0.1; done""";

    private static final String BALLAST = "/var/lib/docker/ballast";
    private static final long BLOCK = 1 << 20;

    final Engines engines;
    final FleetKeys keys;
    final String registryAddress;
    final RemoteMachine builder;
    final RemoteMachine node;
    private final Engine here;
    private final LocalMachines machines;
    private final LocalRegistry registry = LocalRegistry.startWithLogin();

    record RemoteMachine(Machine machine, PreparedEngine engine) {
        String hostKey() {
            return engine.hostKey().toString();
        }
    }

    RemoteFleet(Path folder) throws Exception {
        keys = FleetKeys.in(folder.resolve("keys"), NAME);
        engines = new Engines(keys.privateKey());
        here = engines.of(URI.create("unix:///var/run/docker.sock"), null);
        machines = new LocalMachines(
                LocalSettings.of(NAME, LocalSettings.WITH_DOCKER),
                here,
                keys,
                new KnownHosts(folder.resolve("known_hosts")),
                InstantSource.system());
        machines.deleteAll();
        Machine first = machines.create(new WantedMachine("vm-1", SIZE, Map.of()));
        Machine second = machines.create(new WantedMachine("vm-2", SIZE, Map.of()));
        for (Machine machine : List.of(first, second)) {
            giveDisk(machine);
        }
        registryAddress = registry.addressFrom(thisMachineSeenFrom(first));
        List<RemoteMachine> prepared = prepare(first, second);
        builder = prepared.getFirst();
        node = prepared.getLast();
        publish("gantry/python");
    }

    /** The first address of their network. */
    private static String thisMachineSeenFrom(Machine machine) {
        return machine.address().replaceFirst("[0-9]+$", "1");
    }

    /** Where images and containers lie, apart from this machine's own disk. Its engine starts anew upon it. */
    private void giveDisk(Machine machine) throws InterruptedException {
        awaitEngine(machine);
        done(machine, "mount", "-t", "tmpfs", "-o", "size=" + DISK.bytes(), "tmpfs", "/var/lib/docker");
        done(machine, "bash", "-c", END_ENGINE);
        awaitEngine(machine);
    }

    /** A machine is there before its engine is. */
    private void awaitEngine(Machine machine) {
        await("The engine of " + machine.name()).until(() -> inside(machine, "docker", "version") == 0);
    }

    /** Until there is no space left. At most as much as it has: were it no disk of its own, this machine's would be filled. */
    void fillDisk(RemoteMachine machine) throws InterruptedException {
        long blocks = DISK.bytes() / BLOCK;
        long exitCode =
                inside(machine.machine(), "dd", "if=/dev/zero", "of=" + BALLAST, "bs=" + BLOCK, "count=" + blocks);
        if (exitCode == 0) {
            throw new IllegalStateException(machine.machine().name() + " still has space after " + DISK);
        }
    }

    void freeDisk(RemoteMachine machine) throws InterruptedException {
        done(machine.machine(), "rm", BALLAST);
    }

    private void done(Machine machine, String... command) throws InterruptedException {
        long exitCode = inside(machine, command);
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "On %s %s ended with %d".formatted(machine.name(), List.of(command), exitCode));
        }
    }

    /**
     * As root.
     *
     * @return its exit code
     */
    private long inside(Machine machine, String... command) throws InterruptedException {
        DockerClient docker = here.docker();
        String id = docker.execCreateCmd("gantry.%s.%s".formatted(NAME, machine.name()))
                .withCmd(command)
                .withAttachStdout(true)
                .exec()
                .getId();
        docker.execStartCmd(id).exec(new ResultCallback.Adapter<>()).awaitCompletion();
        return docker.inspectExecCmd(id).exec().getExitCodeLong();
    }

    private List<RemoteMachine> prepare(Machine... created) throws InterruptedException {
        var preparation = new DockerPreparation(
                PreparationSettings.forRegistry(registryAddress).withMinimumFree(Memory.mebibytes(300)),
                keys,
                InstantSource.system(),
                PreparationProgress.NOBODY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(Stream.of(created)
                            .map(machine -> (Callable<RemoteMachine>)
                                    () -> new RemoteMachine(machine, preparation.prepare(machine, keys.privateKey())))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private void publish(String image) throws InterruptedException {
        DockerClient docker = here.docker();
        String copy = registry.address() + "/" + image;
        docker.tagImageCmd(image + ":1", copy, "1").exec();
        docker.pushImageCmd(copy)
                .withTag("1")
                .withAuthConfig(new AuthConfig()
                        .withRegistryAddress(registry.address())
                        .withUsername("gantry")
                        .withPassword("secret"))
                .exec(new ResultCallback.Adapter<>())
                .awaitCompletion();
        docker.removeImageCmd(copy + ":1").exec();
    }

    DockerClient docker(RemoteMachine machine) {
        return engines.of(machine.engine().uri(), machine.hostKey()).docker();
    }

    @Override
    public void close() {
        machines.deleteAll();
        registry.stop();
        engines.close();
    }
}
