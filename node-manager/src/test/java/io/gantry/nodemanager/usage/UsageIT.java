package io.gantry.nodemanager.usage;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.RegistryCommand.Deregister;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.contract.registry.Usage;
import io.gantry.nodemanager.InstanceContainers;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerIT;
import io.gantry.nodemanager.Sample;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@NodeManagerIT
class UsageIT {
    private static final String FLEET = "usage-" + Sample.token();

    private static InstanceContainers containers;

    @Autowired
    private Neighbours neighbours;

    @Autowired
    private RestTestClient rest;

    @DynamicPropertySource
    static void fleet(DynamicPropertyRegistry properties) {
        properties.add("gantry.fleet", () -> FLEET);
    }

    @BeforeAll
    static void start() {
        containers = new InstanceContainers(FLEET);
    }

    @AfterAll
    static void stop() {
        containers.close();
    }

    @Test
    void what_instances_use_is_published_again_and_again_until_they_leave() {
        Instance busy = registered("while True: pass");
        Instance full = registered("b = bytearray(40 << 20)\nimport time\nwhile True: time.sleep(10)");

        await().untilAsserted(() -> {
            assertThat(usageOf(busy))
                    .hasValueSatisfying(usage -> assertThat(usage.cpus()).isBetween(0.05, 0.75));
            assertThat(usageOf(full))
                    .hasValueSatisfying(usage -> assertThat(usage.memory()).isBetween(40L << 20, 64L << 20));
        });
        Usage node = neighbours.usage(Sample.NODE);
        assertThat(node.cpus())
                .isEqualTo(node.instances().stream()
                        .mapToDouble(Usage.OfInstance::cpus)
                        .sum());
        assertThat(node.memory())
                .isEqualTo(node.instances().stream()
                        .mapToLong(Usage.OfInstance::memory)
                        .sum());
        await().until(() -> neighbours.usage(Sample.NODE).at().isAfter(node.at()));
        rest.get()
                .uri("/api/v1/usage")
                .exchange()
                .expectBody()
                .jsonPath("$.usage[0].node")
                .isEqualTo("local");

        neighbours.say(new Deregister(Sample.token(), busy.id()));
        await().until(() -> usageOf(busy).isEmpty());
        assertThat(usageOf(full)).isPresent();
    }

    private Instance registered(String program) {
        Instance instance = containers.start(Sample.instance(), "python3", "-c", program);
        neighbours.say(new Register(instance.deployment(), instance));
        return instance;
    }

    private Optional<Usage.OfInstance> usageOf(Instance instance) {
        return Optional.ofNullable(neighbours.usage(Sample.NODE))
                .flatMap(node -> node.instances().stream()
                        .filter(usage -> usage.id().equals(instance.id()))
                        .findFirst());
    }
}
