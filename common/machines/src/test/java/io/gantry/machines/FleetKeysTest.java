package io.gantry.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetKeysTest {
    @TempDir
    Path folder;

    @Test
    void the_private_key_is_its_owner_s_alone() throws Exception {
        Path keys = folder.resolve("shop");
        var pair = FleetKeys.in(keys, "shop");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pair.privateKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_pair_is_ed25519_and_belongs_together() throws Exception {
        var pair = FleetKeys.in(folder, "shop");
        assertThat(pair.publicKey()).startsWith("ssh-ed25519 AAAA").endsWith(" gantry-shop");
        assertThat(KeyPair.load(new JSch(), pair.privateKey().toString()).getKeyType())
                .isEqualTo(KeyPair.ED25519);
    }

    @Test
    void a_pair_that_is_there_stays() {
        assertThat(FleetKeys.in(folder, "shop")).isEqualTo(FleetKeys.in(folder, "shop"));
    }

    @Test
    void those_who_come_at_once_get_one_pair_and_leave_nothing_beside_it() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = threads.invokeAll(Collections.nCopies(8, () -> FleetKeys.in(folder, "shop")));
            assertThat(made).extracting(pair -> pair.get()).containsOnly(FleetKeys.in(folder, "shop"));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_key_that_can_t_be_read_is_named_and_left_alone() throws Exception {
        Files.writeString(folder.resolve("id_ed25519"), "not a key");
        assertThatThrownBy(() -> FleetKeys.in(folder, "shop"))
                .isInstanceOf(MachineFailure.class)
                .hasMessageContaining("id_ed25519 can't be read or made");
        assertThat(folder.resolve("id_ed25519")).hasContent("not a key");
    }
}
