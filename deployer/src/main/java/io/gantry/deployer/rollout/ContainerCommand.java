package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.registry.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one place where it is said how a container is made. Whatever is not said here can't be had: no bind mount, no
 * device, no privilege, no network of the host.
 */
final class ContainerCommand {
    private static final String USER = "10001:10001";
    private static final LogConfig LOG =
            new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "3"));
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]+");
    private static final BigDecimal NANO = BigDecimal.TEN.pow(9);

    private ContainerCommand() {}

    /** @param port of the node that leads to the container's own; none where it listens on none */
    static CreateContainerCmd create(
            DockerClient docker, ContainerPlan plan, AppNetwork network, Node node, @Nullable Integer port) {
        Manifest manifest = plan.manifest();
        HostConfig limits = restrictions(manifest).withNetworkMode(network.name());
        CreateContainerCmd command = docker.createContainerCmd(plan.image().reference())
                .withName(plan.instance().value())
                .withUser(USER)
                .withEnv(plan.environment())
                .withLabels(plan.labels())
                .withAliases(plan.leg().service().value())
                .withStopSignal(manifest.stop().signal())
                .withStopTimeout(
                        Math.toIntExact(manifest.stop().timeout().value().toSeconds()));
        if (!plan.entrypoint().isEmpty()) {
            command.withEntrypoint(plan.entrypoint());
        }
        if (manifest.port() != null && port != null) {
            ExposedPort inside = ExposedPort.tcp(manifest.port());
            command.withExposedPorts(inside);
            limits.withPortBindings(new PortBinding(published(node, port), inside));
        }
        return command.withHostConfig(limits);
    }

    private static HostConfig restrictions(Manifest manifest) {
        long memory = manifest.resources().memory().bytes();
        return HostConfig.newHostConfig()
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withMemory(memory)
                .withMemorySwap(memory)
                .withNanoCPUs(BigDecimal.valueOf(manifest.resources().cpus())
                        .multiply(NANO)
                        .longValue())
                .withPidsLimit((long) manifest.resources().pids())
                .withLogConfig(LOG)
                .withRestartPolicy(RestartPolicy.noRestart())
                .withInit(true);
    }

    /** A node that is known by a name rather than an address publishes on all its addresses. */
    private static Ports.Binding published(Node node, int port) {
        return ADDRESS.matcher(node.address()).matches()
                ? Ports.Binding.bindIpAndPort(node.address(), port)
                : Ports.Binding.bindPort(port);
    }
}
