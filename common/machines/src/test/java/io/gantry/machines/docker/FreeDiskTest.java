package io.gantry.machines.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.manifest.Memory;
import org.junit.jupiter.api.Test;

class FreeDiskTest {
    @Test
    void the_fullest_place_counts() {
        assertThat(FreeDisk.least("""
                /dev/sdb1       104857600 1048576 103809024       1% /var/lib/docker
                overlay          20971520 18874368   2097152      90% /
                """)).isEqualTo(Memory.mebibytes(2048));
    }
}
