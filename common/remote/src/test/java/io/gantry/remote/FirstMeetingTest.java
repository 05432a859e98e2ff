package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstMeetingTest {
    @TempDir
    Path folder;

    @Test
    void a_machine_shows_the_key_that_it_is_known_by_from_then_on() throws IOException {
        try (var server = new SshServerHere(folder)) {
            assertThat(FirstMeeting.with("127.0.0.1", server.port()))
                    .isEqualTo(server.target().hostKey());
        }
    }

    @Test
    void nobody_there_is_told() throws IOException {
        int port;
        try (var server = new SshServerHere(folder)) {
            port = server.port();
        }
        assertThatThrownBy(() -> FirstMeeting.with("127.0.0.1", port))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Unreachable.Reason.REFUSED))
                .hasMessageStartingWith("127.0.0.1:%d shows no host key", port);
    }
}
