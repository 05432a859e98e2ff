package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineIT {
    private static final URI LOCAL = URI.create("unix:///var/run/docker.sock");

    private final Engines engines = new Engines(null);

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void the_engine_of_this_machine_answers() {
        var docker = engines.of(LOCAL, null).docker();
        docker.pingCmd().exec();
        assertThat(docker.versionCmd().exec().getApiVersion()).matches("1\\.\\d+");
        assertThat(docker.infoCmd().exec().getNCPU()).isPositive();
    }

    @Test
    void one_engine_is_kept_for_one_place() {
        assertThat(engines.of(LOCAL, null)).isSameAs(engines.of(LOCAL, null));
    }

    @Test
    void the_engine_s_refusals_come_through() {
        var docker = engines.of(LOCAL, null).docker();
        assertThatThrownBy(() -> docker.inspectContainerCmd("no-such-container").exec())
                .isInstanceOf(NotFoundException.class);
        docker.pingCmd().exec();
    }

    @Test
    void no_engine_is_said_in_a_sentence() {
        var nowhere = engines.of(URI.create("unix:///run/no-engine.sock"), null);
        assertThatThrownBy(nowhere::docker)
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Unreachable.Reason.NO_ENGINE))
                .hasMessageStartingWith("No Docker Engine answers at /run/no-engine.sock: does it run");
    }
}
