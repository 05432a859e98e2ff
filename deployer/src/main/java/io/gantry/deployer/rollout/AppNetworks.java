package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network.Ipam;
import io.gantry.contract.AppName;
import io.gantry.contract.registry.Node;
import io.gantry.deployer.node.EngineRefusal;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.remote.Labels;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One network an app on each node, in which its services find each other by name. */
@Component
class AppNetworks {
    private static final Logger log = LoggerFactory.getLogger(AppNetworks.class);
    private static final int FORBIDDEN = 403;
    private static final int TRIES = 50;

    private final AddressPool addresses;
    private final String fleet;
    private final Set<Place> seen = ConcurrentHashMap.newKeySet();

    /** @param engine the node's */
    private record Place(URI engine, AppName app) {
        Place(Node node, AppName app) {
            this(node.engine(), app);
        }
    }

    /** What a network is made beside. */
    @FunctionalInterface
    interface Step<T> {
        T take() throws InterruptedException;
    }

    AppNetworks(RolloutSettings settings, FleetSettings fleet) {
        this.addresses = AddressPool.parse(settings.networks());
        this.fleet = fleet.fleet();
    }

    /**
     * Makes sure of it while a step is taken that does not need it yet, unless it was there when last seen. If that fails or
     * the network has gone since, whoever needs it will be told so by the engine.
     */
    <T> T ensureMeanwhile(DockerClient docker, Node node, AppName app, Step<T> step) throws InterruptedException {
        if (seen.contains(new Place(node, app))) {
            return step.take();
        }
        Thread ensuring = Thread.ofVirtual().name("app-network").start(() -> tryToEnsure(docker, node, app));
        try {
            return step.take();
        } finally {
            ensuring.join();
        }
    }

    private void tryToEnsure(DockerClient docker, Node node, AppName app) {
        try {
            ensure(docker, node, app);
        } catch (RuntimeException failed) {
            log.info("The network of {} could not be made in advance on {}: {}", app, node.id(), failed.getMessage());
        }
    }

    /**
     * Its addresses follow from the app's name, the next ones where another network has those. So the engine, which would let
     * two networks have one name, refuses the second for its addresses.
     */
    void ensure(DockerClient docker, Node node, AppName app) {
        SplittableRandom places = new SplittableRandom(app.value().hashCode());
        boolean there = false;
        for (int tries = 1; !there; tries++) {
            there = isThereWith(docker, app, addresses.subnet(places), tries == TRIES);
        }
        seen.add(new Place(node, app));
    }

    private boolean isThereWith(DockerClient docker, AppName app, String subnet, boolean isLast) {
        try {
            create(docker, app, subnet);
            return true;
        } catch (ConflictException there) {
            return true;
        } catch (DockerException refused) {
            if (isLast || !EngineRefusal.sentence(refused).contains("overlaps")) {
                throw refused;
            }
            return exists(docker, app);
        }
    }

    private void create(DockerClient docker, AppName app, String subnet) {
        docker.createNetworkCmd()
                .withName(ContainerPlan.networkOf(app.value()))
                .withCheckDuplicate(true)
                .withDriver("bridge")
                .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet)))
                .withLabels(Map.of(Labels.FLEET, fleet, Labels.APP, app.value()))
                .exec();
    }

    private static boolean exists(DockerClient docker, AppName app) {
        String name = ContainerPlan.networkOf(app.value());
        return docker.listNetworksCmd().withNameFilter(name).exec().stream()
                .anyMatch(network -> network.getName().equals(name));
    }

    /** Leaves it where a container is in it. */
    void removeIfEmpty(DockerClient docker, Node node, AppName app) {
        seen.remove(new Place(node, app));
        try {
            docker.removeNetworkCmd(ContainerPlan.networkOf(app.value())).exec();
        } catch (NotFoundException goneAlready) {
            return;
        } catch (DockerException refused) {
            if (refused.getHttpStatus() != FORBIDDEN) {
                throw refused;
            }
        }
    }
}
