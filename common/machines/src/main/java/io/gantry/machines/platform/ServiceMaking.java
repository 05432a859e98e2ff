package io.gantry.machines.platform;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import io.gantry.remote.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the container of a platform service, complete but not started.
 *
 * @param fleet whose it is
 * @param machine the name of the one it is on
 */
record ServiceMaking(String fleet, String machine) {
    private static final int SECONDS_TO_STOP = 30;

    void make(DockerClient docker, ServiceContainer wanted) {
        if (wanted.data() != null) {
            docker.createVolumeCmd()
                    .withName(wanted.data().name())
                    .withLabels(Map.of(Labels.FLEET, fleet, Labels.PLATFORM_SERVICE, wanted.service()))
                    .exec();
        }
        String id = describe(docker.createContainerCmd(wanted.image()), wanted)
                .exec()
                .getId();
        docker.copyArchiveToContainerCmd(id)
                .withRemotePath("/")
                .withTarInputStream(InjectedFiles.tar(wanted.files()))
                .exec();
    }

    private CreateContainerCmd describe(CreateContainerCmd container, ServiceContainer wanted) {
        container
                .withName(wanted.name())
                .withLabels(labelsOf(wanted))
                .withEnv(wanted.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList())
                .withStopTimeout(SECONDS_TO_STOP)
                .withHostConfig(hostConfig(wanted));
        if (!wanted.arguments().isEmpty()) {
            container.withCmd(wanted.arguments());
        }
        return wanted.user() == null ? container : container.withUser(wanted.user());
    }

    private Map<String, String> labelsOf(ServiceContainer wanted) {
        Map<String, String> labels = new HashMap<>();
        labels.put(Labels.FLEET, fleet);
        labels.put(Labels.MACHINE, machine);
        labels.put(Labels.PLATFORM_SERVICE, wanted.service());
        labels.put(Labels.DESCRIPTION, wanted.digest());
        return labels;
    }

    private static HostConfig hostConfig(ServiceContainer wanted) {
        return HostConfig.newHostConfig()
                .withNetworkMode("host")
                .withRestartPolicy(RestartPolicy.alwaysRestart())
                .withMemory(wanted.memory().bytes())
                .withMemorySwap(wanted.memory().bytes())
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withMounts(mountsOf(wanted));
    }

    private static List<com.github.dockerjava.api.model.Mount> mountsOf(ServiceContainer wanted) {
        var data =
                Stream.ofNullable(wanted.data()).map(volume -> mount(MountType.VOLUME, volume.name(), volume.path()));
        var shown = wanted.mounts().stream().map(mount -> mount(MountType.BIND, mount.source(), mount.target()));
        return Stream.concat(data, shown).toList();
    }

    private static com.github.dockerjava.api.model.Mount mount(MountType type, String source, String target) {
        return new com.github.dockerjava.api.model.Mount()
                .withType(type)
                .withSource(source)
                .withTarget(target);
    }
}
