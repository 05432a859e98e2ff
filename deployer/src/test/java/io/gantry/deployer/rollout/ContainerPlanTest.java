package io.gantry.deployer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.deployer.leg.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerPlanTest {
    private final ContainerPlan plan =
            ContainerPlan.of(Sample.LEG, Sample.instance(0), Sample.IMAGE, Sample.NODE, "local");

    @Test
    void its_labels_are_enough_to_know_it_again() {
        assertThat(plan.labels())
                .containsOnly(
                        Map.entry("io.gantry.fleet", "local"),
                        Map.entry("io.gantry.app", "shop"),
                        Map.entry("io.gantry.service", "web"),
                        Map.entry("io.gantry.version", "3"),
                        Map.entry("io.gantry.instance", "shop-web-aaaaaaaaaaaaaaaa-0"),
                        Map.entry("io.gantry.deployment", "aaaaaaaaaaaaaaaa"),
                        Map.entry("io.gantry.node", "node-1"),
                        Map.entry("io.gantry.kind", "service"),
                        Map.entry("io.gantry.port", "8000"),
                        Map.entry(
                                "io.gantry.health",
                                "{\"path\":\"/healthz\",\"interval\":\"1s\",\"timeout\":\"2s\",\"gracePeriod\":\"30s\",\"healthyAfter\":1,\"unhealthyAfter\":3}"));
    }

    @Test
    void its_environment_is_the_manifests_and_ours() {
        assertThat(plan.environment())
                .containsExactly(
                        "GANTRY_APP=shop",
                        "GANTRY_INSTANCE=shop-web-aaaaaaaaaaaaaaaa-0",
                        "GANTRY_SERVICE=web",
                        "GANTRY_VERSION=3",
                        "MODE=prod",
                        "PORT=8000");
    }

    @Test
    void whoever_plans_it_again_plans_the_same() {
        assertThat(ContainerPlan.of(Sample.LEG, Sample.instance(0), Sample.IMAGE, Sample.NODE, "local"))
                .isEqualTo(plan);
    }
}
