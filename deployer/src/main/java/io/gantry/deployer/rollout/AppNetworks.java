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
import java.util.List;
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

/**
 * One network an app on each node, in which its services find each other by name. An app that still has containers in a network of the
 * former name goes on there until the last of them has gone: in another one they would not be found.
 */
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
    private final Set<AppNetwork> seen = ConcurrentHashMap.newKeySet();

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

    /** The one that a container of the app is to be in. */
    AppNetwork of(DockerClient docker, Node node, AppName app) {
        AppNetwork own = AppNetwork.own(node.engine(), fleet, app);
        AppNetwork former = AppNetwork.former(node.engine(), app);
        return !seen.contains(own) && holdsSomeOfOurs(docker, former) && !exists(docker, own) ? former : own;
    }

    private boolean holdsSomeOfOurs(DockerClient docker, AppNetwork network) {
        return docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(
                        Map.of(Labels.FLEET, fleet, Labels.APP, network.app().value()))
                .exec()
                .stream()
                .anyMatch(container ->
                        network.name().equals(container.getHostConfig().getNetworkMode()));
    }

    /**
     * Makes sure of it while a step is taken that does not need it yet, unless it was there when last seen. If that fails or
     * the network has gone since, whoever needs it will be told so by the engine.
     */
    <T> T ensureMeanwhile(DockerClient docker, AppNetwork network, Step<T> step) throws InterruptedException {
        if (seen.contains(network)) {
            return step.take();
        }
        Thread ensuring = Thread.ofVirtual().name("app-network").start(() -> tryToEnsure(docker, network));
        try {
            return step.take();
        } finally {
            ensuring.join();
        }
    }

    private void tryToEnsure(DockerClient docker, AppNetwork network) {
        try {
            ensure(docker, network);
        } catch (RuntimeException failed) {
            log.info(
                    "The network {} could not be made in advance on {}: {}",
                    network.name(),
                    network.engine(),
                    failed.getMessage());
        }
    }

    /**
     * An engine lets two networks have one name, also when it is told not to and both are made at the same time; so whoever
     * makes one makes sure that nobody else does meanwhile, in this deployer or in another one.
     */
    void ensure(DockerClient docker, AppNetwork network) {
        Semaphore turns = makers.computeIfAbsent(network.engine(), engine -> new Semaphore(MAKERS));
        turns.acquireUninterruptibly();
        try {
            transaction.executeWithoutResult(status -> ensureAlone(docker, network));
        } finally {
            turns.release();
        }
        seen.add(network);
    }

    private void ensureAlone(DockerClient docker, AppNetwork network) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema || '.network.' || ? || '/' || ?, 0))")
                .params(network.engine().toString(), network.app().value())
                .query((row, index) -> true)
                .single();
        if (!exists(docker, network)) {
            createWithAddresses(docker, network);
        }
    }

    private static boolean exists(DockerClient docker, AppNetwork wanted) {
        return docker.listNetworksCmd().withNameFilter(wanted.name()).exec().stream()
                .anyMatch(network -> network.getName().equals(wanted.name()));
    }

    /** Of our own: an engine has addresses for some thirty networks, and others need those. */
    private void createWithAddresses(DockerClient docker, AppNetwork network) {
        SplittableRandom places = new SplittableRandom(network.app().value().hashCode());
        for (int tries = 1; ; tries++) {
            try {
                create(docker, network, addresses.subnet(places));
                return;
            } catch (DockerException refused) {
                if (tries == TRIES || !EngineRefusal.sentence(refused).contains(TAKEN)) {
                    throw refused;
                }
            }
        }
    }

    private void create(DockerClient docker, AppNetwork network, String subnet) {
        docker.createNetworkCmd()
                .withName(network.name())
                .withDriver("bridge")
                .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet)))
                .withLabels(
                        Map.of(Labels.FLEET, fleet, Labels.APP, network.app().value()))
                .exec();
    }

    /** Leaves it where a container is in it; so one of the former name goes with the last container of whichever platform is in it. */
    void removeIfEmpty(DockerClient docker, Node node, AppName app) {
        removeIfEmpty(docker, AppNetwork.own(node.engine(), fleet, app));
        AppNetwork former = AppNetwork.former(node.engine(), app);
        if (isOfAnApp(docker, former)) {
            removeIfEmpty(docker, former);
        }
    }

    private static boolean isOfAnApp(DockerClient docker, AppNetwork wanted) {
        return docker
                .listNetworksCmd()
                .withNameFilter(wanted.name())
                .withFilter("label", List.of(Labels.APP + "=" + wanted.app()))
                .exec()
                .stream()
                .anyMatch(network -> network.getName().equals(wanted.name()));
    }

    private void removeIfEmpty(DockerClient docker, AppNetwork network) {
        seen.remove(network);
        try {
            docker.removeNetworkCmd(network.name()).exec();
        } catch (NotFoundException goneAlready) {
            return;
        } catch (DockerException refused) {
            if (refused.getHttpStatus() != FORBIDDEN) {
                throw refused;
            }
        }
    }
}
