package io.gantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageSettingsTest {
    @Test
    void the_connection_string_may_stand_in_a_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "AccountName=x\n");
        assertThat(new StorageSettings(null, file, "bundles").secret()).isEqualTo("AccountName=x");
    }

    @Test
    void one_of_the_two_is_needed() {
        assertThatThrownBy(() -> new StorageSettings(" ", null, "bundles").secret())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_secret_is_not_shown() {
        assertThat(new StorageSettings("AccountKey=hush", null, "bundles").toString())
                .doesNotContain("hush");
    }
}
