package io.gantry.machines;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.RestartPolicy;
import io.gantry.contract.manifest.Memory;
import io.gantry.machines.docker.DockerPreparation;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.docker.PreparedEngine;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A fleet of real machines on this machine's engine, gone with all that belongs to it when it is closed. */
public final class LocalFleet implements AutoCloseable {
    public static final MachineSize SMALL = new MachineSize(1, Memory.mebibytes(1024));
    private static final URI ENGINE = URI.create("unix:///var/run/docker.sock");
    private static final String SERVER = "gantry/static:1";

    private final LocalSettings settings;
    private final FleetKeys keys;
    private final KnownHosts knownHosts;
    private final Engines engines;
    private final LocalMachines machines;

    public LocalFleet(String name, String image, Path folder) {
        settings = LocalSettings.of(name, image);
        keys = FleetKeys.in(folder.resolve("keys"), name);
        knownHosts = new KnownHosts(folder.resolve("known_hosts"));
        engines = new Engines(keys.privateKey());
        machines = new LocalMachines(settings, engine(), keys, knownHosts, InstantSource.system());
        machines.deleteAll();
    }

    public LocalMachines machines() {
        return machines;
    }

    public FleetKeys keys() {
        return keys;
    }

    public KnownHosts knownHosts() {
        return knownHosts;
    }

    /** The one that runs the machines. */
    public Engine engine() {
        return engines.of(ENGINE, null);
    }

    /** All at once. */
    public List<Machine> create(String... names) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(Stream.of(names)
                            .map(name -> (Callable<Machine>) () -> machines.create(wanted(name)))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    public static WantedMachine wanted(String name) {
        return new WantedMachine(name, SMALL, Map.of("zone", name));
    }

    public String container(String machine) {
        return "gantry.%s.%s".formatted(settings.fleet(), machine);
    }

    /** A shell script as root, through the engine: for what a machine would not do to itself. */
    public void inside(String machine, String script) throws InterruptedException {
        run(engine().docker(), container(machine), script);
    }

    /** @return what a script in a container says */
    public static String run(DockerClient docker, String container, String script) throws InterruptedException {
        String id = docker.execCreateCmd(container)
                .withCmd("sh", "-c", script)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        var said = new ByteArrayOutputStream();
        docker.execStartCmd(id)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        said.writeBytes(frame.getPayload());
                    }
                })
                .awaitCompletion();
        return said.toString(StandardCharsets.UTF_8);
    }

    public PreparedEngine prepare(Machine machine, PreparationProgress progress) {
        return prepare(machine, PreparationSettings.forRegistry("127.0.0.1:5000"), progress);
    }

    public PreparedEngine prepare(Machine machine, PreparationSettings prepared, PreparationProgress progress) {
        return new DockerPreparation(prepared, keys, InstantSource.system(), progress)
                .prepare(machine, machines.privateKey(machine.name()));
    }

    public DockerClient docker(PreparedEngine prepared) {
        return engine(prepared).docker();
    }

    public Engine engine(PreparedEngine prepared) {
        return engines.of(prepared.uri(), prepared.hostKey().toString());
    }

    /** A container that is always to run and answers at a port of its machine. */
    public void serve(PreparedEngine prepared, String name, int port) {
        DockerClient docker = docker(prepared);
        docker.loadImageCmd(engine().docker().saveImageCmd(SERVER).exec()).exec();
        docker.createContainerCmd(SERVER)
                .withName(name)
                .withHostConfig(HostConfig.newHostConfig()
                        .withRestartPolicy(RestartPolicy.alwaysRestart())
                        .withMemory(Memory.mebibytes(64).bytes())
                        .withPortBindings(PortBinding.parse(port + ":8080")))
                .withExposedPorts(ExposedPort.tcp(8080))
                .exec();
        docker.startContainerCmd(name).exec();
    }

    /** Whether somebody speaks HTTP there. */
    public static boolean answers(Machine machine, int port) {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://%s:%d/".formatted(machine.address(), port)))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() > 0;
        } catch (IOException | InterruptedException silent) {
            return false;
        }
    }

    /** Containers, networks and volumes on the engine that bear the fleet's label. */
    public static List<String> left(DockerClient docker, String fleet) {
        String label = "io.gantry.fleet=" + fleet;
        var containers = docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                .map(container -> container.getNames()[0]);
        var networks = docker.listNetworksCmd().withFilter("label", List.of(label)).exec().stream()
                .map(network -> network.getName());
        var volumes = docker.listVolumesCmd()
                .withFilter("label", List.of(label))
                .exec()
                .getVolumes();
        return Stream.of(
                        containers,
                        networks,
                        volumes == null
                                ? Stream.<String>empty()
                                : volumes.stream().map(volume -> volume.getName()))
                .flatMap(names -> names)
                .toList();
    }

    @Override
    public void close() {
        machines.deleteAll();
        engines.close();
    }
}
