package io.gantry.machines.local;

import static java.util.Comparator.comparing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineState;
import io.gantry.machines.Patience;
import io.gantry.machines.WantedMachine;
import io.gantry.remote.Engine;
import io.gantry.remote.HostKey;
import io.gantry.remote.Labels;
import io.gantry.remote.SshTarget;
import io.gantry.remote.Unreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Machines that are containers of one engine, each with an SSH server and an engine of its own. */
public final class LocalMachines implements MachineProvider {
    private static final String USER = "ops";
    private static final int SSH_PORT = 22;
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

    private final LocalSettings settings;
    private final Engine engine;
    private final FleetKeys keys;
    private final HostKeyPins pins;
    private final VmContainer vm;
    private final FleetNetwork network;
    private final VmPower power;
    private final Patience boot;
    private final ReentrantLock addressing = new ReentrantLock();

    /**
     * @param engine that runs the machines
     * @param pins where their host keys are pinned
     */
    public LocalMachines(LocalSettings settings, Engine engine, FleetKeys keys, HostKeyPins pins, InstantSource clock) {
        this.settings = settings;
        this.engine = engine;
        this.keys = keys;
        this.pins = pins;
        this.vm = new VmContainer(settings, keys.publicKey());
        this.network = new FleetNetwork(settings);
        this.power = new VmPower(settings, network);
        this.boot = new Patience(clock, settings.bootsWithin(), LOOKS_EVERY);
    }

    @Override
    public Path privateKey(String name) {
        return keys.privateKey();
    }

    @Override
    public List<Machine> list() {
        return asking(
                "list the machines",
                docker -> containers(docker).stream()
                        .flatMap(container -> find(docker, nameIn(container.getLabels())).stream())
                        .sorted(comparing(Machine::name))
                        .toList());
    }

    private List<Container> containers(DockerClient docker) {
        return docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.FLEET, settings.fleet()))
                .exec()
                .stream()
                .filter(container -> container.getLabels().containsKey(Labels.MACHINE))
                .toList();
    }

    @Override
    public Optional<Machine> find(String name) {
        return asking("find " + name, docker -> find(docker, name));
    }

    private Optional<Machine> find(DockerClient docker, String name) {
        try {
            return Optional.of(
                    machine(docker.inspectContainerCmd(settings.container(name)).exec()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private Machine machine(InspectContainerResponse container) {
        Map<String, String> labels = container.getConfig().getLabels();
        String name = nameIn(labels);
        String address = VmContainer.addressIn(labels);
        Optional<HostKey> pinned = pins.of(name);
        return new Machine(
                name,
                pinned.isEmpty()
                        ? MachineState.PROVISIONING
                        : stateOf(container.getState().getStatus()),
                address,
                pinned.map(key -> new SshTarget(USER, address, SSH_PORT, key)).orElse(null),
                VmContainer.sizeOf(container.getHostConfig()),
                VmContainer.labelsIn(labels));
    }

    private static String nameIn(Map<String, String> labels) {
        return labels.getOrDefault(Labels.MACHINE, "");
    }

    private static MachineState stateOf(@Nullable String status) {
        return switch (status) {
            case "running", "restarting", "paused" -> MachineState.RUNNING;
            case null, default -> MachineState.STOPPED;
        };
    }

    @Override
    public Machine create(WantedMachine wanted) {
        return asking("create " + wanted.name(), docker -> {
            ensureContainer(docker, wanted);
            power.on(docker, wanted.name());
            pinHostKey(docker, wanted.name());
            return there(docker, wanted.name());
        });
    }

    /** One after the other: each takes an address that the others don't have. */
    private void ensureContainer(DockerClient docker, WantedMachine wanted) {
        addressing.lock();
        try {
            if (find(docker, wanted.name()).isEmpty()) {
                network.ensure(docker);
                pins.forget(wanted.name());
                createContainer(docker, wanted);
            }
        } finally {
            addressing.unlock();
        }
    }

    /** On an empty disk: what a machine of this name had is gone with it. */
    private void createContainer(DockerClient docker, WantedMachine wanted) {
        removeVolume(docker, settings.volume(wanted.name()));
        docker.createVolumeCmd()
                .withName(settings.volume(wanted.name()))
                .withLabels(Map.of(Labels.FLEET, settings.fleet(), Labels.MACHINE, wanted.name()))
                .exec();
        Set<String> taken = containers(docker).stream()
                .map(container -> VmContainer.addressIn(container.getLabels()))
                .collect(Collectors.toSet());
        vm.describe(
                        docker.createContainerCmd(settings.image()),
                        wanted,
                        network.freeAddress(docker, taken),
                        cores(docker))
                .exec();
    }

    private static int cores(DockerClient docker) {
        return Objects.requireNonNull(docker.infoCmd().exec().getNCPU());
    }

    private void pinHostKey(DockerClient docker, String name) {
        HostKey key = boot.await(() -> HostKeyOnDisk.of(docker, settings.container(name)))
                .orElseThrow(() -> new MachineFailure(
                        Reason.NO_ANSWER,
                        "%s made no host key within %s: read the log of the container %s."
                                .formatted(name, settings.bootsWithin(), settings.container(name))));
        String address = there(docker, name).address();
        pins.pin(name, new SshTarget(USER, address, SSH_PORT, key));
    }

    @Override
    public Machine start(String name) {
        return changing("start", name, docker -> power.on(docker, name));
    }

    @Override
    public Machine stop(String name) {
        return changing("stop", name, docker -> power.off(docker, name));
    }

    @Override
    public Machine restart(String name) {
        return changing("restart", name, docker -> {
            power.off(docker, name);
            power.on(docker, name);
        });
    }

    @Override
    public boolean differs(Machine there, WantedMachine wanted) {
        // Of what there is in plenty it has what was asked for; so the engine need not be asked how many cores it has.
        return !there.size().equals(wanted.size())
                && !there.size()
                        .equals(asking("find its cores", docker -> VmContainer.had(wanted.size(), cores(docker))));
    }

    /** It runs on meanwhile. */
    @Override
    public Machine resize(WantedMachine wanted) {
        return changing("resize", wanted.name(), docker -> {
            VmContainer.resize(
                            docker.updateContainerCmd(settings.container(wanted.name())), wanted.size(), cores(docker))
                    .exec();
            power.on(docker, wanted.name());
        });
    }

    @Override
    public void delete(String name) {
        doing("delete " + name, docker -> delete(docker, name));
    }

    private void delete(DockerClient docker, String name) {
        try {
            docker.removeContainerCmd(settings.container(name)).withForce(true).exec();
        } catch (NotFoundException goneAlready) {
            // Its disk may still be there.
        }
        removeVolume(docker, settings.volume(name));
        pins.forget(name);
    }

    private static void removeVolume(DockerClient docker, String volume) {
        try {
            docker.removeVolumeCmd(volume).exec();
        } catch (NotFoundException goneAlready) {
            return;
        }
    }

    @Override
    public void deleteAll() {
        doing("delete the fleet " + settings.fleet(), docker -> {
            containers(docker).forEach(container -> delete(docker, nameIn(container.getLabels())));
            volumesLeft(docker).forEach(volume -> removeVolume(docker, volume));
            network.remove(docker);
        });
    }

    /** Of machines that were half made, or half deleted. */
    private List<String> volumesLeft(DockerClient docker) {
        var volumes = docker.listVolumesCmd()
                .withFilter("label", List.of(Labels.FLEET + "=" + settings.fleet()))
                .exec()
                .getVolumes();
        return volumes == null
                ? List.of()
                : volumes.stream()
                        .filter(volume -> volume.getLabels().containsKey(Labels.MACHINE))
                        .map(volume -> volume.getName())
                        .toList();
    }

    private Machine there(DockerClient docker, String name) {
        return find(docker, name).orElseThrow(() -> MachineFailure.noSuchMachine(name));
    }

    private Machine changing(String verb, String name, Consumer<DockerClient> change) {
        return asking(verb + " " + name, docker -> {
            there(docker, name);
            change.accept(docker);
            return there(docker, name);
        });
    }

    private void doing(String what, Consumer<DockerClient> change) {
        asking(what, docker -> {
            change.accept(docker);
            return what;
        });
    }

    private <T> T asking(String what, Function<DockerClient, T> question) {
        try {
            return question.apply(engine.docker());
        } catch (Unreachable | DockerException failure) {
            throw refused(what, failure);
        }
    }

    private static MachineFailure refused(String what, RuntimeException cause) {
        return new MachineFailure(
                Reason.PROVIDER_REFUSED,
                "The engine that runs the local machines could not %s: %s".formatted(what, cause.getMessage()),
                cause);
    }
}
