package io.gantry.machines.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotModifiedException;

/** Switches machines on and off, from whatever state they are in. */
final class VmPower {
    private static final int SECONDS_TO_SHUT_DOWN = 20;

    private final LocalSettings settings;
    private final FleetNetwork network;

    VmPower(LocalSettings settings, FleetNetwork network) {
        this.settings = settings;
        this.network = network;
    }

    /** Running, awake and in its network afterwards. */
    void on(DockerClient docker, String machine) {
        wake(docker, machine);
        rejoin(docker, machine);
        try {
            docker.startContainerCmd(settings.container(machine)).exec();
        } catch (NotModifiedException runsAlready) {
            return;
        }
    }

    void off(DockerClient docker, String machine) {
        wake(docker, machine);
        try {
            docker.stopContainerCmd(settings.container(machine))
                    .withTimeout(SECONDS_TO_SHUT_DOWN)
                    .exec();
        } catch (NotModifiedException isOffAlready) {
            return;
        }
    }

    private void wake(DockerClient docker, String machine) {
        if (Boolean.TRUE.equals(inspect(docker, machine).getState().getPaused())) {
            docker.unpauseContainerCmd(settings.container(machine)).exec();
        }
    }

    private void rejoin(DockerClient docker, String machine) {
        InspectContainerResponse container = inspect(docker, machine);
        if (!container.getNetworkSettings().getNetworks().containsKey(settings.network())) {
            network.join(
                    docker, machine, VmContainer.addressIn(container.getConfig().getLabels()));
        }
    }

    private InspectContainerResponse inspect(DockerClient docker, String machine) {
        return docker.inspectContainerCmd(settings.container(machine)).exec();
    }
}
