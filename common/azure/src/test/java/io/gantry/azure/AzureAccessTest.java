package io.gantry.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.azure.AzureMachines.Reached;
import io.gantry.machines.MachineFailure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureAccessTest {
    @Test
    void another_resource_manager_is_believed_by_its_own_certificate(@TempDir Path folder) throws Exception {
        try (var played = new PlayedAzure(folder)) {
            Path certificate = Files.writeString(folder.resolve("ca.pem"), played.azure.certificate());
            var laptop = AzureAccess.ofLaptop(
                    Map.of(
                            AzureAccess.RESOURCE_MANAGER,
                                    played.azure.endpoint().toString(),
                            AzureAccess.CERTIFICATES, certificate.toString()),
                    _ -> {});
            var access = new AzureAccess(PlayedAzure.credential(), laptop.resourceManager(), laptop.trust());
            var machines = new AzureMachines(
                    played.fleet,
                    access,
                    played.keys,
                    played.pins,
                    Ongoing.NOT_KEPT,
                    Reached.FROM_OUTSIDE,
                    InstantSource.system());
            assertThat(machines.list()).isEmpty();
            assertThat(played.azure.requests()).isNotEmpty();
        }
    }

    @Test
    void no_token_is_in_what_a_failure_says(@TempDir Path folder) {
        try (var played = new PlayedAzure(folder)) {
            var access =
                    new AzureAccess(PlayedAzure.credential(), URI.create("https://localhost:1/"), played.azure.trust());
            var machines = new AzureMachines(
                    played.fleet,
                    access,
                    played.keys,
                    played.pins,
                    Ongoing.NOT_KEPT,
                    Reached.FROM_OUTSIDE,
                    InstantSource.system());
            MachineFailure failure = catchThrowableOfType(MachineFailure.class, machines::list);
            assertThat(failure.reason()).isEqualTo(MachineFailure.Reason.PROVIDER_BUSY);
            assertThat(failure.getMessage()).doesNotContain(PlayedAzure.TOKEN);
        }
    }
}
