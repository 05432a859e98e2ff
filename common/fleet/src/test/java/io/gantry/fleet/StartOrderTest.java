package io.gantry.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.manifest.Memory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartOrderTest {
    @Test
    void what_needs_nothing_of_the_rest_starts_together() {
        StartOrder order = StartOrder.of(List.of(
                service("shop", "database", "broker"),
                service("database"),
                service("broker"),
                service("clock", "shop")));
        assertThat(names(order)).containsExactly(List.of("database", "broker"), List.of("shop"), List.of("clock"));
        assertThat(order.circles()).isEmpty();
    }

    @Test
    void each_circle_is_told_once_and_the_rest_keeps_its_order() {
        StartOrder order = StartOrder.of(List.of(
                service("a", "b"), service("b", "c"), service("c", "b"), service("own", "own"), service("free")));
        assertThat(order.circles()).containsExactly(List.of("b", "c"), List.of("own"));
        assertThat(names(order)).containsExactly(List.of("free"), List.of("a"));
    }

    @Test
    void what_is_not_there_is_not_waited_for() {
        assertThat(names(StartOrder.of(List.of(service("a", "elsewhere"))))).containsExactly(List.of("a"));
    }

    private static List<List<String>> names(StartOrder order) {
        return order.waves().stream()
                .map(wave -> wave.stream().map(PlatformService::name).toList())
                .toList();
    }

    private static PlatformService service(String name, String... needs) {
        return new PlatformService(
                name, new MachineSelector.Labelled(Map.of()), 1, List.of(needs), Memory.mebibytes(64), 7070);
    }
}
