package io.gantry.machines.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.remote.Labels;
import java.util.List;
import java.util.Map;

/** The machines' disks, which are volumes. */
final class VmDisks {
    private final LocalSettings settings;

    VmDisks(LocalSettings settings) {
        this.settings = settings;
    }

    /** Empty: what a machine of this name had is gone with it. */
    void make(DockerClient docker, String machine) {
        remove(docker, machine);
        docker.createVolumeCmd()
                .withName(settings.volume(machine))
                .withLabels(Map.of(Labels.FLEET, settings.fleet(), Labels.MACHINE, machine))
                .exec();
    }

    void remove(DockerClient docker, String machine) {
        removeVolume(docker, settings.volume(machine));
    }

    /** Those, too, of machines that were half made, or half deleted. */
    void removeAll(DockerClient docker) {
        var volumes = docker.listVolumesCmd()
                .withFilter("label", List.of(Labels.FLEET + "=" + settings.fleet()))
                .exec()
                .getVolumes();
        if (volumes != null) {
            volumes.stream()
                    .filter(volume -> volume.getLabels().containsKey(Labels.MACHINE))
                    .forEach(volume -> removeVolume(docker, volume.getName()));
        }
    }

    private static void removeVolume(DockerClient docker, String volume) {
        try {
            docker.removeVolumeCmd(volume).exec();
        } catch (NotFoundException goneAlready) {
            return;
        }
    }
}
