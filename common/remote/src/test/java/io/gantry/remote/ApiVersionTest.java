package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApiVersionTest {
    private static final Endpoint ENGINE = new Endpoint.Local(Endpoint.DOCKER_SOCKET);

    @Test
    void an_older_engine_is_spoken_to_in_its_newest_version() {
        assertThat(negotiated("1.41", "1.12")).isEqualTo("1.41");
    }

    @Test
    void a_newer_engine_is_spoken_to_in_ours() {
        assertThat(negotiated("1.60", "1.44")).isEqualTo("1.52");
    }

    @Test
    void versions_are_ordered_by_number_not_by_letter() {
        assertThat(negotiated("1.9", "1.5")).isEqualTo("1.9");
    }

    @Test
    void an_engine_that_has_forgotten_our_version_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> negotiated("1.70", "1.60"))
                .isInstanceOf(Unreachable.class)
                .hasMessage(
                        "The Docker Engine at /var/run/docker.sock speaks API 1.60 and newer; Gantry speaks 1.52 and older: update Gantry");
    }

    @Test
    void what_is_no_version_is_refused() {
        assertThatThrownBy(() -> ApiVersion.parse("one")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String negotiated(String newest, String oldest) {
        return ApiVersion.negotiate(ApiVersion.parse(newest), ApiVersion.parse(oldest), ENGINE)
                .toString();
    }
}
