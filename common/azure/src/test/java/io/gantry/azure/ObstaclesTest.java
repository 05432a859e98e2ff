package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.GROUP;
import static io.gantry.azure.PlayedAzure.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.machines.WantedMachine;
import io.gantry.testkit.azure.Subscription;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ObstaclesTest {
    private static final List<WantedMachine> BOTH = List.of(wanted("vm-1"), wanted("vm-2"));

    private PlayedAzure played;
    private Subscription subscription;

    @BeforeEach
    void begin(@TempDir Path folder) {
        played = new PlayedAzure(folder);
        subscription = played.azure.subscription();
        subscription.quota("cores", 0, 10);
        subscription.quota("PublicIPAddresses", 0, 3);
    }

    @AfterEach
    void end() {
        played.close();
    }

    private void offerAll() {
        subscription.offer("Standard_D2as_v5", "westeurope", List.of("1", "2"), false);
        subscription.offer("Standard_B2ms", "westeurope", List.of(), false);
    }

    private List<String> obstacles() {
        return played.machines().obstacles(BOTH);
    }

    @Test
    void where_nothing_stands_in_the_way_nothing_is_said_and_nothing_made() {
        offerAll();
        assertThat(obstacles()).isEmpty();
        assertThat(played.azure.requests()).allMatch(asked -> asked.method().equals("GET"));
    }

    @Test
    void a_size_that_is_not_to_be_had_is_named() {
        subscription.offer("Standard_D2as_v5", "westeurope", List.of("1"), true);
        assertThat(obstacles())
                .containsExactly(
                        "machines[vm-1].azure.size: your subscription gets no Standard_D2as_v5 in westeurope; take another size or location",
                        "machines[vm-2].azure.size: your subscription gets no Standard_B2ms in westeurope; take another size or location");
    }

    @Test
    void a_zone_without_the_size_is_named() {
        subscription.offer("Standard_D2as_v5", "westeurope", List.of("2"), false);
        subscription.offer("Standard_B2ms", "westeurope", List.of(), false);
        assertThat(obstacles())
                .containsExactly(
                        "machines[vm-1].azure.zone: there is no Standard_D2as_v5 in zone 1 of westeurope; take another zone, or none");
    }

    @Test
    void a_quota_that_is_too_small_is_named_with_what_is_used() {
        offerAll();
        subscription.quota("standardDASv5Family", 9, 10);
        subscription.quota("lowPriorityCores", 3, 3);
        subscription.quota("PublicIPAddresses", 3, 3);
        assertThat(obstacles())
                .hasSize(3)
                .contains(
                        "machines[].size: this takes 2 more of your quota standardDASv5Family in westeurope, of which 9 of 10 are used; take less, or ask for more (portal: Quotas)")
                .anyMatch(sentence -> sentence.contains("1 more of your quota PublicIPAddresses"))
                .anyMatch(sentence -> sentence.contains("2 more of your quota lowPriorityCores"));
    }

    @Test
    void a_name_that_is_somebody_elses_is_named() {
        offerAll();
        played.azure.plant(GROUP, JsonMapper.shared().readTree("{\"location\":\"westeurope\"}"));
        played.azure.plant(
                GROUP + "/providers/Microsoft.Network/networkInterfaces/vm-2-nic",
                JsonMapper.shared().readTree("{\"location\":\"westeurope\"}"));
        assertThat(obstacles())
                .containsExactly(
                        "azure.resourceGroup: in gantry-sky there is a networkInterfaces vm-2-nic of somebody else's; name another group, or another fleet");
    }
}
