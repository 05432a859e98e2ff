package io.gantry.deployer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Network.Ipam;
import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import io.gantry.testkit.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Networks on the real engine. */
class AppNetworksIT {
    private static final Node NODE = new Node(
            new NodeId("local"),
            URI.create("unix:///var/run/docker.sock"),
            null,
            "127.0.0.1",
            2,
            Memory.mebibytes(1024),
            Map.of(),
            NodeState.READY,
            false,
            Instant.EPOCH);
    private static final AppName APP = new AppName("networks-it");
    private static final String FLEET = "networks-it-fleet";
    private static final String OTHER_FLEET = "networks-it-other";
    private static final AppNetwork NETWORK = AppNetwork.own(NODE.engine(), FLEET, APP);
    private static final String IN_THE_WAY = "in-the-way-of-networks-it";
    private static final int DEPLOYERS = 8;

    private final Engines engines = new Engines(null);
    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private DockerClient docker;

    @BeforeEach
    void open() {
        TestDatabase created = TestDatabase.create();
        database.setUrl(created.url());
        database.setUser(created.user());
        database.setPassword(created.password());
        docker = engines.of(NODE).docker();
    }

    @AfterEach
    void close() {
        networks().removeIfEmpty(docker, NODE, APP);
        networks(OTHER_FLEET).removeIfEmpty(docker, NODE, APP);
        docker.listNetworksCmd()
                .withNameFilter(IN_THE_WAY)
                .exec()
                .forEach(network -> docker.removeNetworkCmd(network.getId()).exec());
        engines.close();
    }

    /** As another deployer would have it. */
    private AppNetworks networks() {
        return networks(FLEET);
    }

    private AppNetworks networks(String fleet) {
        var settings = new RolloutSettings(28_700, 28_701, "10.192.0.0/11", Duration.ofSeconds(2));
        return new AppNetworks(
                JdbcClient.create(database),
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                settings,
                new FleetSettings(fleet, null));
    }

    private List<Network> found() {
        return docker.listNetworksCmd()
                .withFilter("label", List.of(Labels.APP + "=" + APP))
                .exec();
    }

    private String subnet() {
        return found().getFirst().getIpam().getConfig().getFirst().getSubnet();
    }

    @RepeatedTest(5)
    void deployers_that_make_it_at_the_same_time_make_one() throws Exception {
        CyclicBarrier together = new CyclicBarrier(DEPLOYERS);
        try (ExecutorService deployers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> all = IntStream.range(0, DEPLOYERS)
                    .mapToObj(number -> deployers.submit(() -> {
                        together.await();
                        networks().ensure(docker, NETWORK);
                        return number;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(found()).hasSize(1);
    }

    @Test
    void it_has_other_addresses_where_someone_else_has_those_of_its_name() {
        networks().ensure(docker, NETWORK);
        String own = subnet();
        networks().removeIfEmpty(docker, NODE, APP);
        docker.createNetworkCmd()
                .withName(IN_THE_WAY)
                .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(own)))
                .exec();
        networks().ensure(docker, NETWORK);
        assertThat(found()).hasSize(1);
        assertThat(subnet()).isNotEqualTo(own);
    }

    @Test
    void it_is_made_anew_after_someone_has_removed_it() throws Exception {
        AppNetworks networks = networks();
        networks.ensure(docker, NETWORK);
        docker.removeNetworkCmd(NETWORK.name()).exec();
        networks.ensureMeanwhile(docker, NETWORK, () -> "created");
        assertThat(found()).isEmpty();
        networks.ensure(docker, NETWORK);
        assertThat(found()).hasSize(1);
    }

    @Test
    void two_platforms_have_a_network_each_for_apps_of_one_name_and_remove_only_their_own() {
        AppNetwork other = AppNetwork.own(NODE.engine(), OTHER_FLEET, APP);
        networks().ensure(docker, NETWORK);
        networks(OTHER_FLEET).ensure(docker, other);
        assertThat(found()).extracting(Network::getName).containsExactlyInAnyOrder(NETWORK.name(), other.name());
        networks().removeIfEmpty(docker, NODE, APP);
        assertThat(found()).extracting(Network::getName).containsExactly(other.name());
    }

    @Test
    void one_of_the_former_name_in_which_nobody_of_ours_is_is_not_used_and_goes_at_the_end() {
        networks().ensure(docker, AppNetwork.former(NODE.engine(), APP));
        assertThat(networks().of(docker, NODE, APP)).isEqualTo(NETWORK);
        networks().removeIfEmpty(docker, NODE, APP);
        assertThat(found()).isEmpty();
    }
}
