package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final String HOST_KEY = "ssh-ed25519 AAAAC3Nza root@node\n";

    @Test
    void a_unix_socket_is_on_this_machine() {
        assertThat(endpoint("unix:///run/docker.sock", null)).isEqualTo(new Endpoint.Local("/run/docker.sock"));
    }

    @Test
    void an_ssh_uri_names_user_host_and_port() {
        var expected = new SshTarget("gantry", "10.0.0.4", 2222, new HostKey("ssh-ed25519", "AAAAC3Nza"));
        assertThat(endpoint("ssh://gantry@10.0.0.4:2222", HOST_KEY))
                .isEqualTo(new Endpoint.OverSsh(expected, "/var/run/docker.sock"));
    }

    @Test
    void port_and_socket_have_defaults_that_can_be_overruled() {
        assertThat(endpoint("ssh://gantry@[fd00::4]/run/user/1000/docker.sock", HOST_KEY))
                .isEqualTo(new Endpoint.OverSsh(
                        new SshTarget("gantry", "fd00::4", 22, new HostKey("ssh-ed25519", "AAAAC3Nza")),
                        "/run/user/1000/docker.sock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://gantry@10.0.0.4:2222", "ssh://gantry@[fd00::4]:22"})
    void a_target_is_told_as_it_is_read(String uri) {
        assertThat(SshTarget.of(URI.create(uri), HOST_KEY).uri()).hasToString(uri);
    }

    @Test
    void there_is_no_ssh_without_a_pinned_host_key() {
        assertThatThrownBy(() -> endpoint("ssh://gantry@node-1", null))
                .hasMessage("No host key is pinned for gantry@node-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://node-1", "ssh://gantry:secret@node-1", "tcp://node-1:2375", "/var/run/docker.sock"})
    void other_places_are_refused(String uri) {
        assertThatThrownBy(() -> endpoint(uri, HOST_KEY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Endpoint endpoint(String uri, @Nullable String hostKey) {
        return Endpoint.of(URI.create(uri), hostKey);
    }
}
