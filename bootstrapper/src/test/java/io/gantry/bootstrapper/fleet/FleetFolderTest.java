package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFolderTest {
    private static final Map<String, String> BACKED_UP =
            Map.of("id_ed25519", "the key", "secrets.json", "{}", "known_hosts", "former");

    @TempDir
    private Path laptop;

    private FleetFolder folder;

    @BeforeEach
    void name() {
        folder = new FleetFolder(laptop.resolve("fleets").resolve("shop"));
    }

    @Test
    void what_was_backed_up_is_there_again_for_its_owner_alone() throws IOException {
        folder.restore(BACKED_UP, false);

        assertThat(folder.holdsKey()).isTrue();
        assertThat(folder.kept())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("secrets.json", "known_hosts", "id_ed25519");
        assertThat(mode(folder.path())).isEqualTo("rwx------");
        assertThat(mode(folder.secrets())).isEqualTo("rw-------");
    }

    @Test
    void what_is_known_better_here_stays_unless_it_is_of_another_fleet() throws IOException {
        folder.restore(Map.of("id_ed25519", "the key", "known_hosts", "newer"), false);
        assertThat(folder.isOfAnother(BACKED_UP)).isFalse();

        folder.restore(BACKED_UP, false);
        assertThat(folder.path().resolve("known_hosts")).hasContent("newer");
        assertThat(folder.secrets()).hasContent("{}");

        assertThat(folder.isOfAnother(Map.of("id_ed25519", "another key"))).isTrue();
        folder.restore(BACKED_UP, true);
        assertThat(folder.path().resolve("known_hosts")).hasContent("former");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
