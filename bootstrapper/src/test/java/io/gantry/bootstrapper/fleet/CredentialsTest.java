package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir
    private Path laptop;

    private Path webhook;
    private FleetFolder folder;
    private Fleet fleet;

    @BeforeEach
    void describe() throws IOException {
        webhook = Files.writeString(laptop.resolve("alerts"), "https://hooks.example.com/T1\n");
        folder = new FleetFolder(Files.createDirectory(laptop.resolve("fleet")));
        fleet = FleetFile.parse("fleet.yaml", "alerts: {webhookFile: %s}\n".formatted(webhook));
    }

    @Test
    void generated_ones_are_kept_for_their_owner_alone_before_anything_goes_by_them() throws IOException {
        var first = new Credentials(fleet, folder);
        assertThat(folder.secrets()).doesNotExist();
        first.keepGenerated();

        assertThat(new Credentials(fleet, folder).now()).isEqualTo(first.now());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.secrets())))
                .isEqualTo("rw-------");
    }

    @Test
    void what_a_file_says_now_is_a_change_until_the_fleet_goes_by_it() throws IOException {
        new Credentials(fleet, folder).keepGenerated();
        assertThat(new Credentials(fleet, folder).haveChanged()).isFalse();

        Files.writeString(webhook, "https://hooks.example.com/T2");
        var changed = new Credentials(fleet, folder);
        assertThat(changed.now().alertWebhook()).isEqualTo(URI.create("https://hooks.example.com/T2"));
        assertThat(changed.haveChanged()).isTrue();
        changed.keepGenerated();
        assertThat(new Credentials(fleet, folder).haveChanged()).isTrue();

        changed.keep();
        assertThat(new Credentials(fleet, folder).haveChanged()).isFalse();
    }

    @Test
    void a_file_that_is_not_there_is_named() throws IOException {
        Files.delete(webhook);
        assertThatThrownBy(() -> new Credentials(fleet, folder))
                .isInstanceOf(GaveUpException.class)
                .hasMessageContaining(webhook.toString());
    }

    @Test
    void a_file_that_holds_something_else_is_named_and_not_shown() throws IOException {
        Files.writeString(webhook, "my-token");
        assertThatThrownBy(() -> new Credentials(fleet, folder))
                .isInstanceOf(GaveUpException.class)
                .hasMessageContaining(webhook.toString())
                .hasMessageNotContaining("my-token");
    }
}
