package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
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
import java.util.concurrent.Semaphore;
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

    /**
     * Of "Pool overlaps with other one on this address space", and of "networks have overlapping IPv4": the latter is said of one that the
     * engine could not store, for want of space, and yet keeps until it is started anew.
     */
    private static final String TAKEN = "overlap";

    /** Who waits for an engine to make a network keeps a connection to the database meanwhile. */
    private static final int MAKERS = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AddressPool addresses;
    private final String fleet;
    private final Map<URI, Semaphore> makers = new ConcurrentHashMap<>();
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
     * An engine lets two networks have one name, also when it is told not to and both are made at the same time; so whoever
     * makes one makes sure that nobody else does meanwhile, in this deployer or in another one.
     */
    void ensure(DockerClient docker, Node node, AppName app) {
        Semaphore turns = makers.computeIfAbsent(node.engine(), engine -> new Semaphore(MAKERS));
        turns.acquireUninterruptibly();
        try {
            transaction.executeWithoutResult(status -> ensureAlone(docker, node, app));
        } finally {
            turns.release();
        }
        seen.add(new Place(node, app));
    }

    private void ensureAlone(DockerClient docker, Node node, AppName app) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema || '.network.' || ? || '/' || ?, 0))")
                .params(node.engine().toString(), app.value())
                .query((row, index) -> true)
                .single();
        if (!exists(docker, app)) {
            createWithAddresses(docker, app);
        }
    }

    private static boolean exists(DockerClient docker, AppName app) {
        String name = ContainerPlan.networkOf(app.value());
        return docker.listNetworksCmd().withNameFilter(name).exec().stream()
                .anyMatch(network -> network.getName().equals(name));
    }

    /** Of our own: an engine has addresses for some thirty networks, and others need those. */
    private void createWithAddresses(DockerClient docker, AppName app) {
        SplittableRandom places = new SplittableRandom(app.value().hashCode());
        for (int tries = 1; ; tries++) {
            try {
                create(docker, app, addresses.subnet(places));
                return;
            } catch (DockerException refused) {
                if (tries == TRIES || !EngineRefusal.sentence(refused).contains(TAKEN)) {
                    throw refused;
                }
            }
        }
    }

    private void create(DockerClient docker, AppName app, String subnet) {
        docker.createNetworkCmd()
                .withName(ContainerPlan.networkOf(app.value()))
                .withDriver("bridge")
                .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet)))
                .withLabels(Map.of(Labels.FLEET, fleet, Labels.APP, app.value()))
                .exec();
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
