package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Frame;
import io.gantry.remote.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A machine of a fleet: a container of this computer, with an engine of its own inside. */
public record FleetMachine(String fleet, String name) {
    /** In place of a process's number. */
    public static final String NO_PROCESS = "0";

    private static final int PATIENCE_SECONDS = 180;
    private static final Duration SOON = Duration.ofMinutes(2);

    /** As when its power fails. */
    public void kill() {
        Engine.HERE.docker().killContainerCmd(container()).exec();
    }

    /** A time during which nobody reaches it; all goes on inside. */
    public interface Cut extends AutoCloseable {
        /** It is joined again, at its address. */
        @Override
        void close();
    }

    public Cut cutOff() {
        var networks = networks();
        networks.keySet()
                .forEach(network -> Engine.HERE
                        .docker()
                        .disconnectFromNetworkCmd()
                        .withContainerId(container())
                        .withNetworkId(network)
                        .withForce(true)
                        .exec());
        return () -> networks.forEach((network, at) -> join(network, at.getIpAddress()));
    }

    /** It may be joined by then: the lifecycle manager switches off and on what does not answer. */
    private void join(String network, String address) {
        try {
            Engine.HERE
                    .docker()
                    .connectToNetworkCmd()
                    .withContainerId(container())
                    .withNetworkId(network)
                    .withContainerNetwork(
                            new ContainerNetwork().withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address)))
                    .exec();
        } catch (DockerException refused) {
            if (!networks().containsKey(network)) {
                throw refused;
            }
        }
    }

    private Map<String, ContainerNetwork> networks() {
        return Engine.HERE
                .docker()
                .inspectContainerCmd(container())
                .exec()
                .getNetworkSettings()
                .getNetworks();
    }

    /**
     * As {@code kill -9} of its first process, which is what a crash is to the engine. ({@code docker kill} would be somebody's wish,
     * and the engine would not start it again.)
     */
    public void crash(String service) {
        end(process(service));
    }

    /** @param process the number that {@link #process} told */
    public void end(String process) {
        inside("kill", "-9", process);
    }

    /** The number of a service's first process on the machine, or {@link #NO_PROCESS}. */
    public String process(String service) {
        return inside("docker", "inspect", "--format", "{{.State.Pid}}", "gantry-" + service)
                .strip();
    }

    /** A time during which a service hangs. */
    public interface Hang extends AutoCloseable {
        /** It goes on where it was. */
        @Override
        void close();
    }

    public Hang hung(String service) {
        inside("docker", "pause", "gantry-" + service);
        return () -> goOn(service);
    }

    /** It may have been started again by then: whoever hangs for long is healed. */
    private void goOn(String service) {
        try {
            inside("docker", "unpause", "gantry-" + service);
        } catch (AssertionError refused) {
            if (inside("docker", "inspect", "--format", "{{.State.Paused}}", "gantry-" + service)
                    .contains("true")) {
                throw refused;
            }
        }
    }

    public void remove(String service) {
        inside("docker", "rm", "--force", "gantry-" + service);
    }

    /**
     * All of the platform there, and all data; apps are left. Who would bring it back goes first, and the database, without which nobody
     * does so from elsewhere; what was on its way there goes once it has come.
     */
    public void removePlatform() {
        String ofPlatform = "label=" + Labels.PLATFORM_SERVICE;
        remove("lifecycle-manager");
        remove("postgres");
        await("An end of the platform").atMost(SOON).untilAsserted(() -> {
            lines(inside("docker", "ps", "--all", "--quiet", "--filter", ofPlatform))
                    .forEach(container -> inside("docker", "rm", "--force", container));
            lines(inside("docker", "volume", "ls", "--quiet", "--filter", ofPlatform))
                    .forEach(volume -> inside("docker", "volume", "rm", volume));
        });
    }

    /** The end of what a service's container says there; empty where there is none. */
    String saidBy(String service) {
        try {
            return inside("docker", "logs", "--tail", "60", "gantry-" + service);
        } catch (AssertionError none) {
            return "";
        }
    }

    /** Name and id of each container of the fleet that runs, whether of an app or of the platform. */
    public List<String> running() {
        return lines(inside(
                "docker",
                "ps",
                "--no-trunc",
                "--format",
                "{{.Names}} {{.ID}}",
                "--filter",
                "label=%s=%s".formatted(Labels.FLEET, fleet)));
    }

    /** The deployment that each running container of an app is of; one that is paused does not run. */
    public List<String> runningOf(String app) {
        return lines(inside(
                "docker",
                "ps",
                "--format",
                "{{.Label \"%s\"}}".formatted(Labels.DEPLOYMENT),
                "--filter",
                "label=%s=%s".formatted(Labels.APP, app),
                "--filter",
                "status=running"));
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n")).filter(line -> !line.isBlank()).toList();
    }

    private String container() {
        return "gantry.%s.%s".formatted(fleet, name);
    }

    /** What a command on it says, that ends well. */
    public String inside(String... command) {
        var docker = Engine.HERE.docker();
        String exec = docker.execCreateCmd(container())
                .withCmd(command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        var said = new StringBuilder();
        try {
            boolean ended = docker.execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    })
                    .awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended || exitCode(docker, exec) != 0) {
                throw new AssertionError("%s on %s: %s".formatted(List.of(command), name, said));
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        return said.toString();
    }

    /** A command's last word may be heard before the engine has noticed its end. */
    private static long exitCode(DockerClient docker, String exec) {
        return await("An exit code")
                .pollDelay(Duration.ZERO)
                .until(() -> docker.inspectExecCmd(exec).exec().getExitCodeLong(), Objects::nonNull);
    }
}
