package io.gantry.deployer.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.deployer.rollout.StartTurns.Turn;
import java.lang.Thread.State;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTurnsTest {
    private static final Node ONE_PROCESSOR = node("one", 1);
    private static final Node THREE_PROCESSORS = node("three", 2.5);

    private final StartTurns turns = new StartTurns();

    private static Node node(String name, double cpus) {
        return new Node(
                new NodeId(name),
                URI.create("ssh://gantry@" + name + ":22"),
                null,
                name,
                cpus,
                Memory.mebibytes(1024),
                Map.of(),
                NodeState.READY,
                false,
                Instant.EPOCH);
    }

    @Test
    void as_many_start_at_once_as_the_node_has_processors() throws Exception {
        for (int turn = 0; turn < 3; turn++) {
            turns.await(THREE_PROCESSORS);
        }
        assertThat(startsAfterWaiting(THREE_PROCESSORS)).isEqualTo(State.WAITING);
    }

    @Test
    void two_start_at_once_on_the_smallest_node() throws Exception {
        turns.await(ONE_PROCESSOR);
        turns.await(ONE_PROCESSOR);
        assertThat(startsAfterWaiting(ONE_PROCESSOR)).isEqualTo(State.WAITING);
    }

    @Test
    void one_that_pulls_its_image_lets_the_next_go_first() throws Exception {
        turns.await(ONE_PROCESSOR);
        try (Turn pulling = turns.await(ONE_PROCESSOR)) {
            assertThat(pulling.letOthersGoFor(() -> startsAfterWaiting(ONE_PROCESSOR)))
                    .isEqualTo(State.TERMINATED);
        }
    }

    /** @return where somebody has come to who wants to start something now */
    private State startsAfterWaiting(Node node) {
        Thread next = Thread.ofVirtual().start(() -> {
            try (Turn turn = turns.await(node)) {
                assertThat(turn).isNotNull();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> next.getState() == State.WAITING || next.getState() == State.TERMINATED);
        return next.getState();
    }
}
