package io.gantry.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.machines.MachineFailure.Reason;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    private static final HostKey KEY = new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIKey");
    private static final HostKey ANOTHER = new HostKey("ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIAnother");

    @TempDir
    Path folder;

    private Path file;
    private KnownHosts hosts;

    @BeforeEach
    void open() {
        file = folder.resolve("fleet/known_hosts");
        hosts = new KnownHosts(file);
    }

    @Test
    void a_pinned_key_is_known_to_those_who_read_the_file_later() {
        hosts.pin("one", at("10.0.0.1", 22, KEY));
        assertThat(new KnownHosts(file).of("one")).contains(KEY);
        assertThat(hosts.of("two")).isEmpty();
    }

    @Test
    void the_file_is_one_that_ssh_reads() {
        hosts.pin("one", at("10.0.0.1", 22, KEY));
        hosts.pin("two", at("host.example", 2222, ANOTHER));
        assertThat(file).hasContent("10.0.0.1 " + KEY + " one\n[host.example]:2222 " + ANOTHER + " two\n");
    }

    @Test
    void pinning_the_same_again_changes_nothing() {
        hosts.pin("one", at("10.0.0.1", 22, KEY));
        hosts.pin("one", at("10.0.0.1", 22, KEY));
        assertThat(file).hasContent("10.0.0.1 " + KEY + " one\n");
    }

    @Test
    void another_key_is_refused_until_the_machine_is_forgotten() {
        hosts.pin("one", at("10.0.0.1", 22, KEY));
        assertThatThrownBy(() -> hosts.pin("one", at("10.0.0.1", 22, ANOTHER)))
                .isInstanceOfSatisfying(
                        MachineFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.HOST_KEY_CHANGED))
                .hasMessageContaining("delete it from the fleet and create it again");
        assertThat(hosts.of("one")).contains(KEY);
        hosts.forget("one");
        hosts.pin("one", at("10.0.0.1", 22, ANOTHER));
        assertThat(hosts.of("one")).contains(ANOTHER);
    }

    @Test
    void what_others_wrote_is_passed_over() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# mine\n\ngithub.com ssh-ed25519 AAAA\n");
        assertThat(hosts.of("one")).isEmpty();
    }

    private static SshTarget at(String host, int port, HostKey key) {
        return new SshTarget("ops", host, port, key);
    }
}
