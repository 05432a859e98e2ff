package io.gantry.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final List<String> order = new ArrayList<>();

    @Test
    void the_order_turns_round_every_round() throws Exception {
        turns().take(3, line -> {});
        assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
    }

    @Test
    void what_warms_up_is_not_counted() throws Exception {
        List<Samples> taken = turns().warmUp(2).take(1, line -> {});
        assertThat(order).hasSize(6);
        assertThat(taken).containsExactly(Samples.of("a", Unit.COUNT, 5), Samples.of("b", Unit.COUNT, 6));
    }

    private Turns turns() {
        return new Turns().with("a", Unit.COUNT, () -> next("a")).with("b", Unit.COUNT, () -> next("b"));
    }

    private double next(String name) {
        order.add(name);
        return order.size();
    }
}
