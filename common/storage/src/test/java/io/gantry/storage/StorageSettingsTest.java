package io.gantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageSettingsTest {
    @Test
    void the_connection_string_may_stand_in_a_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "AccountName=x\n");
        assertThat(new StorageSettings(null, file, "bundles", null, null, null).secret())
                .isEqualTo("AccountName=x");
    }

    @Test
    void one_of_the_two_is_needed() {
        assertThatThrownBy(() -> StorageSettings.of(" ", "bundles").secret()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_secret_is_not_shown() {
        assertThat(StorageSettings.of("AccountKey=hush", "bundles").toString()).doesNotContain("hush");
    }

    @Test
    void an_identity_is_let_in_at_an_endpoint() {
        URI endpoint = URI.create("https://shop.blob.core.windows.net");
        assertThat(new StorageSettings("", null, "bundles", endpoint, "machine", null).endpointOfIdentity())
                .contains(endpoint);
        assertThat(StorageSettings.of("AccountKey=hush", "bundles").endpointOfIdentity())
                .isEmpty();
        assertThatThrownBy(() -> new StorageSettings(null, null, "bundles", endpoint, null, null).endpointOfIdentity())
                .hasMessageContaining("gantry.storage.identity");
        assertThatThrownBy(() -> new StorageSettings("AccountKey=hush", null, "bundles", endpoint, "machine", null)
                        .endpointOfIdentity())
                .hasMessageContaining("leave out the connection string")
                .hasMessageNotContaining("hush");
    }
}
