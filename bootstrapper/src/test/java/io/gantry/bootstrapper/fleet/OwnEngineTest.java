package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.session.GaveUpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnEngineTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void it_is_at_its_usual_socket_where_nothing_is_said(String nothing) {
        assertThat(OwnEngine.at(nothing)).hasToString("unix:///var/run/docker.sock");
    }

    @Test
    void it_is_where_the_environment_says() {
        assertThat(OwnEngine.at("unix:///run/user/1000/docker.sock").getPath()).isEqualTo("/run/user/1000/docker.sock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://10.0.0.1:2375", "ssh://me@host", "unix://", "unix:///a b", "/var/run/docker.sock"})
    void what_is_no_socket_of_this_computer_is_refused_by_name(String dockerHost) {
        assertThatThrownBy(() -> OwnEngine.at(dockerHost))
                .isInstanceOf(GaveUpException.class)
                .hasMessageContaining("DOCKER_HOST is " + dockerHost);
    }
}
