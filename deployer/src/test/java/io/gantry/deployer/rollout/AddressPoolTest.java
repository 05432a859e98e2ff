package io.gantry.deployer.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPoolTest {
    @Test
    void networks_are_cut_from_within_the_pool() {
        AddressPool pool = AddressPool.parse("10.192.0.0/11");
        SplittableRandom random = new SplittableRandom(1);
        assertThat(Stream.generate(() -> pool.subnet(random)).limit(100))
                .allSatisfy(
                        subnet -> assertThat(subnet).matches("10\\.(19[2-9]|20\\d|21\\d|22[0-3])\\.\\d{1,3}\\.0/24"))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_smallest_pool_is_one_network() {
        assertThat(AddressPool.parse("192.168.7.0/24").subnet(new SplittableRandom(1)))
                .isEqualTo("192.168.7.0/24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/25", "ten/8"})
    void what_is_no_pool_is_refused(String text) {
        assertThatThrownBy(() -> AddressPool.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
