package io.gantry.machines.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network.Ipam;
import io.gantry.machines.MachineFailure;
import io.gantry.remote.Labels;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The network that a fleet's local machines are in, and the addresses in it. */
final class FleetNetwork {
    private static final int TRIES = 50;
    private static final int FIRST = 10;
    private static final int LAST = 250;

    private final LocalSettings settings;
    private final Subnets subnets;

    FleetNetwork(LocalSettings settings) {
        this.settings = settings;
        this.subnets = Subnets.parse(settings.networks());
    }

    /** Its addresses follow from the fleet's name, the next ones where another network has those. */
    void ensure(DockerClient docker) {
        int place = settings.fleet().hashCode();
        boolean there = exists(docker);
        for (int tries = 1; !there; tries++) {
            there = isThereWith(docker, subnets.at(place + tries), tries == TRIES);
        }
    }

    private boolean exists(DockerClient docker) {
        try {
            docker.inspectNetworkCmd().withNetworkId(settings.network()).exec();
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    private boolean isThereWith(DockerClient docker, String subnet, boolean isLast) {
        try {
            docker.createNetworkCmd()
                    .withName(settings.network())
                    .withCheckDuplicate(true)
                    .withDriver("bridge")
                    .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet)))
                    .withLabels(Map.of(Labels.FLEET, settings.fleet()))
                    .exec();
            return true;
        } catch (ConflictException madeMeanwhile) {
            return true;
        } catch (DockerException refused) {
            if (isLast || !String.valueOf(refused.getMessage()).contains("overlaps")) {
                throw refused;
            }
            return exists(docker);
        }
    }

    /** An address that no machine has. */
    String freeAddress(DockerClient docker, Set<String> taken) {
        String subnet = docker.inspectNetworkCmd()
                .withNetworkId(settings.network())
                .exec()
                .getIpam()
                .getConfig()
                .getFirst()
                .getSubnet();
        String prefix = subnet.substring(0, subnet.lastIndexOf('.') + 1);
        return IntStream.rangeClosed(FIRST, LAST)
                .mapToObj(host -> prefix + host)
                .filter(address -> !taken.contains(address))
                .findFirst()
                .orElseThrow(() -> new MachineFailure(
                        MachineFailure.Reason.PROVIDER_REFUSED,
                        "All addresses of the network %s are taken: a local fleet has at most %d machines."
                                .formatted(settings.network(), LAST - FIRST + 1)));
    }

    /** Back in the network after it was cut off. */
    void join(DockerClient docker, String machine, String address) {
        docker.connectToNetworkCmd()
                .withNetworkId(settings.network())
                .withContainerId(settings.container(machine))
                .withContainerNetwork(new ContainerNetwork()
                        .withAliases(machine)
                        .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address)))
                .exec();
    }

    void remove(DockerClient docker) {
        try {
            docker.removeNetworkCmd(settings.network()).exec();
        } catch (NotFoundException goneAlready) {
            return;
        }
    }
}
