package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrapper.platform.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateTest {
    private static final Addresses NOWHERE = Addresses.onThisMachine(0);

    @TempDir
    Path folder;

    @Test
    void a_valid_service_is_said_to_be_so_with_what_was_inferred() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<h1>Hello</h1>");

        Run run = Run.gantry(NOWHERE, "validate", folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("app-server is valid: static on port ");
        assertThat(run.err()).contains("because there is a index.html");
    }

    @Test
    void what_is_wrong_is_said_field_by_field() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"name\": \"api\", \"runtime\": \"static\", \"prot\": 1, \"port\": 0}");

        Run run = Run.gantry(NOWHERE, "validate", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("INVALID_MANIFEST", "  /port: ", "  /prot: ");
    }

    @Test
    void a_name_that_fits_no_service_is_refused() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"name\": \"My Service\", \"port\": 80}");

        Run run = Run.gantry(NOWHERE, "validate", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("\"My Service\" is no service name");
    }
}
