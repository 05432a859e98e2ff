package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.node.EngineRefusal;
import io.gantry.deployer.node.EngineStream;
import io.gantry.deployer.node.FullDisk;
import io.gantry.deployer.node.ImagePulls;
import io.gantry.deployer.rollout.ContainerHost.Start;
import io.gantry.registry.NoRegistryLogin;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Starts containers: created, then started, two calls. What is missing for that (the image, a free port) is seen to when the
 * engine says so; so is the app's network, if it has gone since it was last seen.
 */
@Component
class ContainerStarts {
    private static final Logger log = LoggerFactory.getLogger(ContainerStarts.class);
    private static final int PORTS_TRIED = 10;
    private static final int THINGS_TO_BE_MISSING = 2;
    private static final Pattern PORT_IN_USE =
            Pattern.compile("(?is).*(port is already allocated|address already in use).*");
    private static final Pattern NETWORK_MISSING = Pattern.compile("network \\S+ not found");
    private static final Pattern NO_SUCH_PROGRAM = Pattern.compile(
            "(?is).*(OCI runtime|executable file not found|exec format error|no such file or directory).*");
    private static final Pattern NO_SUCH_IMAGE =
            Pattern.compile("(?is).*(manifest unknown|manifest for .* not found|not found: does not exist).*");

    private final AppNetworks networks;
    private final HostPorts ports;
    private final ImagePulls pulls;
    private final InstantSource clock;

    ContainerStarts(AppNetworks networks, HostPorts ports, ImagePulls pulls, InstantSource clock) {
        this.networks = networks;
        this.ports = ports;
        this.pulls = pulls;
        this.clock = clock;
    }

    Start start(DockerClient docker, Node node, ContainerPlan plan) throws InterruptedException {
        Set<Integer> inUse = new TreeSet<>();
        while (inUse.size() < PORTS_TRIED) {
            Integer port = portFor(node, plan, inUse);
            Optional<Start> start = start(docker, node, plan, port);
            if (start.isPresent()) {
                return start.get();
            }
            inUse.add(port);
        }
        return new Start.NodeUnfit("the ports %s are all in use".formatted(inUse));
    }

    private @Nullable Integer portFor(Node node, ContainerPlan plan, Set<Integer> inUse) {
        if (plan.manifest().port() == null) {
            return null;
        }
        return inUse.isEmpty()
                ? ports.claim(node.id(), plan.instance())
                : ports.claimOther(node.id(), plan.instance(), inUse);
    }

    /** @return empty if the port is in use */
    private Optional<Start> start(DockerClient docker, Node node, ContainerPlan plan, @Nullable Integer port)
            throws InterruptedException {
        AppNetwork network = networks.of(docker, node, plan.leg().app());
        Optional<Start> other =
                networks.ensureMeanwhile(docker, network, () -> create(docker, node, plan, network, port));
        return other.isPresent() ? other : startCreated(docker, network, plan, port);
    }

    /** @return empty if it was created */
    private Optional<Start> create(
            DockerClient docker, Node node, ContainerPlan plan, AppNetwork network, @Nullable Integer port)
            throws InterruptedException {
        for (int missing = 0; missing <= THINGS_TO_BE_MISSING; missing++) {
            try {
                ContainerCommand.create(docker, plan, network, node, port).exec();
                return Optional.empty();
            } catch (ConflictException there) {
                return adopt(docker, network, plan);
            } catch (NotFoundException absent) {
                Optional<Start> problem = provide(docker, network, plan, EngineRefusal.sentence(absent));
                if (problem.isPresent()) {
                    return problem;
                }
            } catch (DockerException refused) {
                return Optional.of(explain(EngineRefusal.sentence(refused)));
            }
        }
        return Optional.of(new Start.NodeUnfit("its engine does not keep what a container needs"));
    }

    private Optional<Start> provide(DockerClient docker, AppNetwork network, ContainerPlan plan, String missing)
            throws InterruptedException {
        if (missing.startsWith("network ")) {
            networks.ensure(docker, network);
            return Optional.empty();
        }
        return pull(docker, plan.image().reference());
    }

    /** @return why not, if it can't be had */
    private Optional<Start> pull(DockerClient docker, String reference) throws InterruptedException {
        int at = reference.indexOf('@');
        var pulled = pulled(docker, reference.substring(0, at), reference.substring(at + 1));
        if (pulled.succeeded()) {
            return Optional.empty();
        }
        String refusal = pulled.refusal();
        if (NO_SUCH_IMAGE.matcher(refusal).matches()) {
            return Optional.of(new Start.NoImage());
        }
        if (FullDisk.isWhy(refusal)) {
            return Optional.of(explain(refusal));
        }
        throw new PullFailed(refusal);
    }

    /** On another node there would be no login either. */
    private EngineStream<?> pulled(DockerClient docker, String repository, String digest) throws InterruptedException {
        try {
            return pulls.pull(docker, repository, digest);
        } catch (NoRegistryLogin nobody) {
            throw new PullFailed(nobody);
        }
    }

    /**
     * A container of this name was created before: by an earlier try, or by a deployer that died over it. When it was started is not
     * asked: the engine would tell it by its own clock, which may be wrong.
     */
    private Optional<Start> adopt(DockerClient docker, AppNetwork network, ContainerPlan plan) {
        InspectContainerResponse found =
                docker.inspectContainerCmd(plan.instance().value()).exec();
        Map<String, String> labels = found.getConfig().getLabels();
        if (labels == null || !plan.labels().equals(ours(labels, plan))) {
            return Optional.of(new Start.NameTaken(
                    "A container named %s is there already, and it is not ours".formatted(plan.instance())));
        }
        Integer port = publishedPort(found);
        if (!Boolean.TRUE.equals(found.getState().getRunning())) {
            return startCreated(docker, network, plan, port);
        }
        if (Boolean.TRUE.equals(found.getState().getPaused())) {
            docker.unpauseContainerCmd(plan.instance().value()).exec();
        }
        return Optional.of(new Start.Running(port, clock.instant()));
    }

    private static Map<String, String> ours(Map<String, String> labels, ContainerPlan plan) {
        Map<String, String> ours = new TreeMap<>(labels);
        ours.keySet().retainAll(plan.labels().keySet());
        return ours;
    }

    private static @Nullable Integer publishedPort(InspectContainerResponse found) {
        return found.getHostConfig().getPortBindings().getBindings().values().stream()
                .flatMap(Arrays::stream)
                .map(binding -> Integer.valueOf(binding.getHostPortSpec()))
                .findFirst()
                .orElse(null);
    }

    /** An engine that is part of a swarm looks for the network there too, and fails in other words. */
    private static boolean lacksNetwork(DockerException refused) {
        return refused instanceof NotFoundException
                || NETWORK_MISSING.matcher(EngineRefusal.sentence(refused)).find();
    }

    private Optional<Start> startCreated(
            DockerClient docker, AppNetwork network, ContainerPlan plan, @Nullable Integer port) {
        String name = plan.instance().value();
        try {
            try {
                docker.startContainerCmd(name).exec();
            } catch (DockerException refused) {
                if (!lacksNetwork(refused)) {
                    throw refused;
                }
                networks.ensure(docker, network);
                docker.startContainerCmd(name).exec();
            }
            return Optional.of(new Start.Running(port, clock.instant()));
        } catch (NotModifiedException runsAlready) {
            return Optional.of(new Start.Running(port, clock.instant()));
        } catch (DockerException refused) {
            String sentence = EngineRefusal.sentence(refused);
            docker.removeContainerCmd(name)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return PORT_IN_USE.matcher(sentence).matches() ? Optional.empty() : Optional.of(explain(sentence));
        }
    }

    /**
     * One that somebody paused goes on.
     *
     * @return since when it runs; empty if the engine has no such container, or can't start it
     */
    Optional<Instant> startAgain(DockerClient docker, InstanceId instance) {
        try {
            if (isPaused(docker, instance)) {
                docker.unpauseContainerCmd(instance.value()).exec();
            } else {
                docker.startContainerCmd(instance.value()).exec();
            }
        } catch (NotModifiedException runsAlready) {
            return Optional.of(clock.instant());
        } catch (DockerException refused) {
            log.info("{} can't be started again: {}", instance, EngineRefusal.sentence(refused));
            return Optional.empty();
        }
        return Optional.of(clock.instant());
    }

    static boolean isPaused(DockerClient docker, InstanceId instance) {
        try {
            return Boolean.TRUE.equals(docker.inspectContainerCmd(instance.value())
                    .exec()
                    .getState()
                    .getPaused());
        } catch (NotFoundException gone) {
            return false;
        }
    }

    /** A full disk stands in the way of everything else; it may be the container's runtime that says so. */
    private static Start explain(String refusal) {
        if (FullDisk.isWhy(refusal)) {
            return new Start.NodeUnfit(FullDisk.sentence(refusal));
        }
        return NO_SUCH_PROGRAM.matcher(refusal).matches() ? new Start.Rejected(refusal) : new Start.NodeUnfit(refusal);
    }
}
