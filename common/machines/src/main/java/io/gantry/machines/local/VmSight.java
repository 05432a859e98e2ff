package io.gantry.machines.local;

import static java.util.Comparator.comparing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineState;
import io.gantry.remote.HostKey;
import io.gantry.remote.Labels;
import io.gantry.remote.SshTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machines as they are found: what their containers tell, and by which key each is known. */
final class VmSight {
    private static final String USER = "ops";
    private static final int SSH_PORT = 22;

    private final LocalSettings settings;
    private final HostKeyPins pins;

    VmSight(LocalSettings settings, HostKeyPins pins) {
        this.settings = settings;
        this.pins = pins;
    }

    List<Machine> all(DockerClient docker) {
        return names(docker).stream()
                .flatMap(name -> find(docker, name).stream())
                .sorted(comparing(Machine::name))
                .toList();
    }

    List<String> names(DockerClient docker) {
        return labels(docker).map(VmSight::nameIn).toList();
    }

    /** Those that machines have. */
    Set<String> addresses(DockerClient docker) {
        return labels(docker).map(VmContainer::addressIn).collect(Collectors.toSet());
    }

    private Stream<Map<String, String>> labels(DockerClient docker) {
        return docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.FLEET, settings.fleet()))
                .exec()
                .stream()
                .map(Container::getLabels)
                .filter(labels -> labels.containsKey(Labels.MACHINE));
    }

    Optional<Machine> find(DockerClient docker, String name) {
        try {
            return Optional.of(
                    machine(docker.inspectContainerCmd(settings.container(name)).exec()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    Machine there(DockerClient docker, String name) {
        return find(docker, name).orElseThrow(() -> MachineFailure.noSuchMachine(name));
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
                pinned.map(key -> target(address, key)).orElse(null),
                VmContainer.sizeOf(container.getHostConfig()),
                VmContainer.labelsIn(labels));
    }

    static SshTarget target(String address, HostKey key) {
        return new SshTarget(USER, address, SSH_PORT, key);
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
}
