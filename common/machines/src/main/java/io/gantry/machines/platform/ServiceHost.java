package io.gantry.machines.platform;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.docker.Outcome;
import io.gantry.remote.Engine;
import io.gantry.remote.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The platform services on one machine. Every call may be repeated, also by another process after this one died in the middle.
 * Any call throws a {@link MachineFailure}; in particular where the engine does not answer, of which nothing is concluded.
 */
public final class ServiceHost {
    private static final int SECONDS_TO_STOP = 30;
    /** Made, but perhaps without its files; or half removed. */
    private static final Set<String> HALF = Set.of("created", "removing", "dead");

    private final EngineCalls calls;
    private final String fleet;
    private final String machine;
    private final ServiceImages images;
    private final ServiceMaking making;

    /**
     * @param engine the machine's
     * @param registry where images are pulled from that are missing
     */
    public ServiceHost(Engine engine, String fleet, String machine, RegistryAccess registry) {
        this.calls = new EngineCalls(engine, machine);
        this.fleet = fleet;
        this.machine = machine;
        this.images = new ServiceImages(registry);
        this.making = new ServiceMaking(fleet, machine);
    }

    /** All platform services of the fleet there, running or not. */
    public List<ObservedService> observe() {
        return calls.asking(
                "list the platform's services",
                docker -> containers(docker).stream()
                        .flatMap(container -> inspect(docker, container.getId()).stream())
                        .map(ServiceHost::observed)
                        .toList());
    }

    private List<Container> containers(DockerClient docker) {
        return docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.FLEET, fleet, Labels.MACHINE, machine))
                .exec()
                .stream()
                .filter(ServiceHost::isNamedAsItIsLabelled)
                .toList();
    }

    /** A container has its image's labels, too, and those of a developer's own Dockerfile may say anything. */
    private static boolean isNamedAsItIsLabelled(Container container) {
        String service = container.getLabels().get(Labels.PLATFORM_SERVICE);
        return service != null
                && container.getNames() != null
                && List.of(container.getNames()).contains("/" + ServiceContainer.nameOf(service));
    }

    private static ObservedService observed(InspectContainerResponse container) {
        return new ObservedService(
                label(container, Labels.PLATFORM_SERVICE),
                label(container, Labels.DESCRIPTION),
                Objects.requireNonNullElse(container.getConfig().getImage(), ""),
                runs(container),
                Instant.parse(
                        Objects.requireNonNullElse(container.getState().getStartedAt(), Instant.EPOCH.toString())),
                Objects.requireNonNullElse(container.getRestartCount(), 0));
    }

    private static boolean runs(InspectContainerResponse container) {
        var state = container.getState();
        return Boolean.TRUE.equals(state.getRunning()) && !Boolean.TRUE.equals(state.getRestarting());
    }

    private static String label(InspectContainerResponse container, String label) {
        Map<String, String> labels = container.getConfig().getLabels();
        return labels == null ? "" : labels.getOrDefault(label, "");
    }

    /**
     * There, as described, and running afterwards; one that is otherwise is stopped in order and made anew, with its data. Whether it
     * is ready is for others to see.
     */
    public Outcome ensure(ServiceContainer wanted) {
        return calls.asking("run " + wanted.service(), docker -> {
            Optional<InspectContainerResponse> found = ours(docker, wanted.service());
            if (found.filter(container -> fits(container, wanted)).isPresent()) {
                return start(docker, wanted.name());
            }
            images.ensure(docker, wanted.image());
            if (found.isPresent()) {
                remove(docker, wanted.name());
            }
            making.make(docker, wanted);
            start(docker, wanted.name());
            return Outcome.DONE;
        });
    }

    private static boolean fits(InspectContainerResponse container, ServiceContainer wanted) {
        return wanted.digest().equals(label(container, Labels.DESCRIPTION))
                && !HALF.contains(
                        Objects.requireNonNullElse(container.getState().getStatus(), ""));
    }

    /** Another fleet's container of the same name is in the way; it is not touched. */
    private Optional<InspectContainerResponse> ours(DockerClient docker, String service) {
        Optional<InspectContainerResponse> found = inspect(docker, ServiceContainer.nameOf(service));
        found.filter(container -> !fleet.equals(label(container, Labels.FLEET))).ifPresent(container -> {
            throw new MachineFailure(
                    Reason.COMMAND_FAILED,
                    "%s has a container %s that is not of the fleet %s. Remove it, or give this machine to one fleet only."
                            .formatted(machine, ServiceContainer.nameOf(service), fleet));
        });
        return found;
    }

    private static Optional<InspectContainerResponse> inspect(DockerClient docker, String container) {
        try {
            return Optional.of(docker.inspectContainerCmd(container).exec());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private static Outcome start(DockerClient docker, String container) {
        try {
            docker.startContainerCmd(container).exec();
            return Outcome.DONE;
        } catch (NotModifiedException runsAlready) {
            return Outcome.ALREADY_THERE;
        }
    }

    /** Running again afterwards, whatever it was before. */
    public void restart(String service) {
        calls.doing("restart " + service, docker -> {
            there(docker, service);
            docker.restartContainerCmd(ServiceContainer.nameOf(service))
                    .withTimeout(SECONDS_TO_STOP)
                    .exec();
        });
    }

    /** One that is not there is stopped already. */
    public void stop(String service) {
        calls.doing("stop " + service, docker -> {
            if (ours(docker, service).isPresent()) {
                stop(docker, ServiceContainer.nameOf(service));
            }
        });
    }

    private static void stop(DockerClient docker, String container) {
        try {
            docker.stopContainerCmd(container).withTimeout(SECONDS_TO_STOP).exec();
        } catch (NotModifiedException | NotFoundException stoppedAlready) {
            return;
        }
    }

    /** Its container; the data stays for the next one. */
    public void remove(String service) {
        calls.doing("remove " + service, docker -> {
            if (ours(docker, service).isPresent()) {
                remove(docker, ServiceContainer.nameOf(service));
            }
        });
    }

    private static void remove(DockerClient docker, String container) {
        stop(docker, container);
        try {
            docker.removeContainerCmd(container).withForce(true).exec();
        } catch (NotFoundException goneAlready) {
            return;
        }
    }

    public void removeWithData(String service) {
        remove(service);
        calls.doing(
                "remove the data of " + service,
                docker -> volumes(docker, service)
                        .forEach(volume -> docker.removeVolumeCmd(volume).exec()));
    }

    private List<String> volumes(DockerClient docker, String service) {
        var volumes = docker.listVolumesCmd()
                .withFilter("label", List.of(Labels.FLEET + "=" + fleet, Labels.PLATFORM_SERVICE + "=" + service))
                .exec()
                .getVolumes();
        return volumes == null
                ? List.of()
                : volumes.stream().map(volume -> volume.getName()).toList();
    }

    private void there(DockerClient docker, String service) {
        if (ours(docker, service).isEmpty()) {
            throw new MachineFailure(
                    Reason.COMMAND_FAILED, "%s is not on %s: there is nothing to restart.".formatted(service, machine));
        }
    }
}
