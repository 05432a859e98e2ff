package io.gantry.machines.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubnetsTest {
    private final Subnets subnets = Subnets.parse("10.224.0.0/12");

    @Test
    void each_place_has_a_network_of_the_pool() {
        assertThat(subnets.at(0)).isEqualTo("10.224.0.0/24");
        assertThat(subnets.at(257)).isEqualTo("10.225.1.0/24");
        assertThat(subnets.at(4095)).isEqualTo("10.239.255.0/24");
    }

    @Test
    void places_beyond_the_end_begin_again() {
        assertThat(subnets.at(4096)).isEqualTo("10.224.0.0/24");
        assertThat(subnets.at(-1)).isEqualTo("10.239.255.0/24");
        assertThat(IntStream.range(0, 4096).mapToObj(subnets::at).distinct()).hasSize(4096);
    }

    @Test
    void what_is_no_pool_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Subnets.parse("10.0.0.0/28"));
        assertThatIllegalArgumentException().isThrownBy(() -> Subnets.parse("everywhere"));
    }
}
