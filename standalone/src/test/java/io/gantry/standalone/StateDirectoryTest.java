package io.gantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    private Path home = Path.of("");

    @Test
    void only_its_user_can_look_into_it() throws Exception {
        try (var _ = StateDirectory.open(home.resolve("state"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("state"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void a_second_user_of_it_is_refused_and_told_who_has_it() {
        try (var _ = StateDirectory.open(home)) {
            assertThatThrownBy(() -> StateDirectory.open(home))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("already running")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
                    .hasMessageContaining("--state-dir");
        }
    }

    @Test
    void it_is_free_again_when_closed() {
        StateDirectory.open(home).close();
        StateDirectory.open(home).close();
    }

    @Test
    void its_fleet_stays_the_same() {
        String first;
        try (var state = StateDirectory.open(home)) {
            first = state.fleet();
        }
        try (var state = StateDirectory.open(home)) {
            assertThat(state.fleet()).isEqualTo(first).matches("[0-9a-z]+");
        }
    }

    @Test
    void another_layout_is_refused_rather_than_damaged() throws Exception {
        StateDirectory.open(home).close();
        Files.writeString(home.resolve("layout"), "99");

        assertThatThrownBy(() -> StateDirectory.open(home)).hasMessageContaining("layout 99");
    }
}
