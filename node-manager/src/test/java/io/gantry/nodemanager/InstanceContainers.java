package io.gantry.nodemanager;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.gantry.contract.InstanceId;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Starts containers as the deployer does, on this machine's engine, and removes them all in the end. */
public final class InstanceContainers implements AutoCloseable {
    private static final String IMAGE = "gantry/python:1";
    private static final ExposedPort PORT = ExposedPort.tcp(8000);
    private static final String GO_ON = "/tmp/go-on";

    private final Engines engines = new Engines(null);
    private final String fleet;

    public InstanceContainers(String fleet) {
        this.fleet = fleet;
        requireImage();
    }

    public DockerClient docker() {
        return engines.of(URI.create("unix:///var/run/docker.sock"), null).docker();
    }

    /** @return the instance as it runs now */
    public Instance start(Instance instance, String... command) {
        docker().createContainerCmd(IMAGE)
                .withName(instance.id().value())
                .withCmd(command)
                .withLabels(labels(instance))
                .withExposedPorts(PORT)
                .withHostConfig(limits(instance))
                .exec();
        docker().startContainerCmd(instance.id().value()).exec();
        return asItRuns(instance);
    }

    /** A service that ends when it is told to. */
    public Instance startService(Instance instance) {
        return start(
                instance,
                "python3",
                "-c",
                "import signal; signal.signal(signal.SIGTERM, lambda *_: None); signal.pause()");
    }

    /** Runs a program once it is told to go on. */
    public Instance startWaiting(Instance instance, String program) {
        return start(
                instance,
                "python3",
                "-c",
                "import os, sys, time\nwhile not os.path.exists('%s'): time.sleep(0.05)\n%s".formatted(GO_ON, program));
    }

    public void letGoOn(InstanceId id) {
        String exec = docker().execCreateCmd(id.value())
                .withCmd("touch", GO_ON)
                .exec()
                .getId();
        try {
            docker().execStartCmd(exec)
                    .withDetach(true)
                    .exec(new ResultCallback.Adapter<>())
                    .awaitCompletion();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Runs what has the labels of an instance, and another name, to its end. */
    public void pretend(Instance instance) {
        String id = docker().createContainerCmd(IMAGE)
                .withCmd("true")
                .withLabels(labels(instance))
                .exec()
                .getId();
        docker().startContainerCmd(id).exec();
        docker().waitContainerCmd(id).start().awaitStatusCode();
    }

    public void kill(InstanceId id) {
        docker().killContainerCmd(id.value()).exec();
    }

    public void remove(InstanceId id) {
        docker().removeContainerCmd(id.value()).withForce(true).exec();
    }

    public Instance asItRuns(Instance instance) {
        var container = docker().inspectContainerCmd(instance.id().value()).exec();
        var bindings = container.getNetworkSettings().getPorts().getBindings().get(PORT);
        return new Instance(
                instance.id(),
                instance.app(),
                instance.service(),
                instance.version(),
                instance.kind(),
                instance.image(),
                instance.deployment(),
                instance.node(),
                instance.address(),
                bindings == null ? null : Integer.valueOf(bindings[0].getHostPortSpec()),
                instance.resources(),
                instance.health(),
                Instant.parse(Objects.requireNonNull(container.getState().getStartedAt())),
                instance.state(),
                null);
    }

    private Map<String, String> labels(Instance instance) {
        Map<String, String> labels = new HashMap<>();
        labels.put(Labels.FLEET, fleet);
        labels.put(Labels.APP, instance.app().value());
        labels.put(Labels.SERVICE, instance.service().value());
        labels.put(Labels.VERSION, Integer.toString(instance.version()));
        labels.put(Labels.INSTANCE, instance.id().value());
        labels.put(Labels.DEPLOYMENT, instance.deployment().value());
        labels.put(Labels.KIND, instance.kind().name().toLowerCase(Locale.ROOT));
        labels.put(Labels.NODE, instance.node().value());
        if (instance.health() != null) {
            labels.put(Labels.HEALTH, JsonMapper.shared().writeValueAsString(instance.health()));
        }
        return labels;
    }

    private static HostConfig limits(Instance instance) {
        HostConfig limits = HostConfig.newHostConfig()
                .withMemory(instance.resources().memory().bytes())
                .withMemorySwap(instance.resources().memory().bytes())
                .withNanoCPUs((long) (instance.resources().cpus() * 1e9))
                .withPidsLimit((long) instance.resources().pids());
        return instance.kind() == Kind.JOB
                ? limits
                : limits.withPortBindings(PortBinding.parse("127.0.0.1::" + PORT.getPort()));
    }

    private void requireImage() {
        try {
            docker().inspectImageCmd(IMAGE).exec();
        } catch (NotFoundException absent) {
            buildImage();
        }
    }

    private static void buildImage() {
        Path build = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve("images/build"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        try {
            Process building =
                    new ProcessBuilder(build.toString(), "python").inheritIO().start();
            if (!building.waitFor(5, TimeUnit.MINUTES)) {
                building.destroyForcibly();
                throw new IllegalStateException("images/build python does not end");
            }
            if (building.exitValue() != 0) {
                throw new IllegalStateException("images/build python ended with " + building.exitValue());
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("images/build python could not be run", failure);
        }
    }

    @Override
    public void close() {
        docker().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.FLEET, fleet))
                .exec()
                .forEach(container -> docker().removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
        engines.close();
    }
}
