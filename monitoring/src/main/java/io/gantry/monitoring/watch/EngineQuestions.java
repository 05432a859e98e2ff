package io.gantry.monitoring.watch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.contract.InstanceId;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.registry.Node;
import io.gantry.remote.Engines;
import io.gantry.remote.Unreachable;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the Docker Engines of machines are asked, over the SSH sessions that are kept to them. The client library throws what a
 * broken connection brings about in exceptions of no particular type: whatever it throws is an engine that gave no answer.
 */
final class EngineQuestions {
    private static final String NAME = "gantry-";

    private final Engines engines;

    EngineQuestions(Engines engines) {
        this.engines = engines;
    }

    /** @return why the machine is not reached; none: it is, whether or not Docker runs there */
    Optional<String> reach(PreparedMachine machine) {
        try {
            docker(machine).pingCmd().exec();
            return Optional.empty();
        } catch (Unreachable unreachable) {
            return isThere(unreachable) ? Optional.empty() : Optional.of(sentence(unreachable));
        } catch (RuntimeException failure) {
            return Optional.of(sentence(failure));
        }
    }

    private static boolean isThere(Unreachable unreachable) {
        return switch (unreachable.reason()) {
            case NO_ENGINE, API_VERSION, BUSY -> true;
            case REFUSED, TIMED_OUT, UNKNOWN_HOST, HOST_KEY_CHANGED, KEY_REFUSED, LOST -> false;
        };
    }

    ContainerWord container(PreparedMachine machine, String service) {
        return container(() -> docker(machine), NAME + service);
    }

    ContainerWord container(Node node, InstanceId instance) {
        return container(() -> engines.of(node).docker(), instance.value());
    }

    private static ContainerWord container(Supplier<DockerClient> docker, String name) {
        try {
            return word(docker.get(), name);
        } catch (NotFoundException _) {
            return new ContainerWord.Absent();
        } catch (RuntimeException failure) {
            return new ContainerWord.NoEngine(sentence(failure));
        }
    }

    /** While Docker waits to start a container again, it says of it that it runs. */
    private static ContainerWord word(DockerClient docker, String name) {
        ContainerState state = docker.inspectContainerCmd(name).exec().getState();
        if (Boolean.TRUE.equals(state.getRunning()) && !Boolean.TRUE.equals(state.getRestarting())) {
            OffsetDateTime now = OffsetDateTime.parse(docker.infoCmd().exec().getSystemTime());
            return new ContainerWord.Runs(Duration.between(OffsetDateTime.parse(state.getStartedAt()), now));
        }
        String memory = Boolean.TRUE.equals(state.getOOMKilled()) ? ", out of memory" : "";
        return new ContainerWord.Ended("exit code %d%s".formatted(state.getExitCodeLong(), memory));
    }

    private DockerClient docker(PreparedMachine machine) {
        return engines.of(machine.engine(), machine.hostKey()).docker();
    }

    private static String sentence(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
