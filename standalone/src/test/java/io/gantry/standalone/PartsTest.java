package io.gantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final List<String> history = new CopyOnWriteArrayList<>();
    private final Parts parts = new Parts(name -> history.add(name + " up"));

    @Test
    void groups_close_in_the_reverse_order() throws Exception {
        parts.start(Map.of("database", part("database")));
        parts.start(Map.of("service", part("service")));
        parts.close();

        assertThat(history).containsExactly("database up", "service up", "service down", "database down");
    }

    @Test
    void what_came_up_beside_a_failure_goes_down_again() {
        assertThatThrownBy(() -> parts.start(Map.of("good", part("good"), "bad", PartsTest::fail)))
                .isInstanceOf(CannotStart.class);
        parts.close();

        assertThat(history).containsExactly("good up", "good down");
    }

    @Test
    void what_comes_up_while_everything_goes_down_goes_down_too() throws Exception {
        parts.start(Map.of("late", () -> {
            parts.close();
            return part("late").call();
        }));

        assertThat(history).containsExactly("late down");
    }

    @Test
    void one_that_does_not_stop_cleanly_keeps_no_other_from_stopping() throws Exception {
        parts.start(Map.of("database", part("database")));
        parts.start(Map.of("service", () -> () -> {
            throw new IllegalStateException("stuck");
        }));
        parts.close();

        assertThat(history).endsWith("database down");
    }

    private Callable<AutoCloseable> part(String name) {
        return () -> () -> history.add(name + " down");
    }

    private static AutoCloseable fail() {
        throw new CannotStart("no");
    }
}
