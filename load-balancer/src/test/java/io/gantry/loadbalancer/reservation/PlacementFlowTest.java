package io.gantry.loadbalancer.reservation;

import static io.gantry.loadbalancer.Fixtures.instance;
import static io.gantry.loadbalancer.Fixtures.node;
import static io.gantry.loadbalancer.Fixtures.place;
import static io.gantry.loadbalancer.Fixtures.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementReply.Placed;
import io.gantry.contract.registry.Node;
import io.gantry.loadbalancer.LoadBalancerTest;
import io.gantry.loadbalancer.Neighbours;
import io.gantry.testkit.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@LoadBalancerTest
class PlacementFlowTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    @Autowired
    Neighbours neighbours;

    @Autowired
    Placements placements;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void startOver() {
        neighbours.startOver();
        clock.set(LoadBalancerTest.Clock.START);
    }

    @Test
    void an_instance_gets_a_node_and_its_access_token_back() {
        have(node("a", 2, 2048));
        neighbours.say(place(1));
        Placed placed = neighbours.awaitReply(token(1), Placed.class);
        assertThat(placed).isEqualTo(new Placed(token(1), place(1).deployment(), instance(1), A));
        assertThat(stateOf(1)).isEqualTo("RESERVED");
    }

    private void have(Node... nodes) {
        for (Node node : nodes) {
            neighbours.say(node);
        }
        await().until(() -> jdbc.sql("select count(*) from node where document is not null")
                        .query(Integer.class)
                        .single()
                == nodes.length);
    }

    private String stateOf(int instance) {
        return jdbc.sql("select state from reservation where instance = ?")
                .param(instance(instance).value())
                .query(String.class)
                .optional()
                .orElse("none");
    }
}
