package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateNetworkCmd;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** One network an app on each node, in which its services find each other by name. */
@Component
class AppNetworks {
    private static final Logger log = LoggerFactory.getLogger(AppNetworks.class);
    private static final int FORBIDDEN = 403;
    private static final int TRIES = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RolloutSettings settings;
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

    AppNetworks(JdbcClient jdbc, TransactionTemplate transaction, RolloutSettings settings, FleetSettings fleet) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.settings = settings;
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

    /** An engine lets two networks have one name; so whoever makes one makes sure that nobody else does at the same time. */
    void ensure(DockerClient docker, Node node, AppName app) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            "select pg_advisory_xact_lock(hashtextextended(current_schema || '.network.' || ? || '/' || ?, 0))")
                    .params(node.engine().toString(), app.value())
                    .query((row, index) -> true)
                    .single();
            if (!exists(docker, app)) {
                create(docker, app);
            }
        });
        seen.add(new Place(node, app));
    }

    private static boolean exists(DockerClient docker, AppName app) {
        String name = ContainerPlan.networkOf(app.value());
        return docker.listNetworksCmd().withNameFilter(name).exec().stream()
                .anyMatch(network -> network.getName().equals(name));
    }

    /** An engine has addresses of its own for some thirty networks; after that, we choose them. */
    private void create(DockerClient docker, AppName app) {
        try {
            network(docker, app).exec();
        } catch (DockerException refused) {
            if (!EngineRefusal.sentence(refused).contains("non-overlapping")) {
                throw refused;
            }
            createWithAddresses(docker, app);
        }
    }

    private void createWithAddresses(DockerClient docker, AppName app) {
        SplittableRandom random = new SplittableRandom(app.hashCode());
        AddressPool pool = AddressPool.parse(settings.networks());
        for (int tries = 1; ; tries++) {
            Ipam addresses = new Ipam().withConfig(new Ipam.Config().withSubnet(pool.subnet(random)));
            try {
                network(docker, app).withIpam(addresses).exec();
                return;
            } catch (DockerException overlaps) {
                if (tries == TRIES || !EngineRefusal.sentence(overlaps).contains("overlaps")) {
                    throw overlaps;
                }
            }
        }
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

    private CreateNetworkCmd network(DockerClient docker, AppName app) {
        return docker.createNetworkCmd()
                .withName(ContainerPlan.networkOf(app.value()))
                .withDriver("bridge")
                .withLabels(Map.of(Labels.FLEET, fleet, Labels.APP, app.value()));
    }
}
