package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.azure.Asked;
import io.gantry.testkit.azure.FakeAzure;
import io.gantry.testkit.azure.Hosts;
import io.gantry.testkit.azure.Mishap;
import io.gantry.testkit.azure.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The command line as a process of its own, signed in by an {@code az} that is a script. */
class InAzureTest {
    private static final String TOKEN = "a-token-that-nobody-may-see";
    private static final String EXAMPLE = "../examples/fleet-azure.yaml";
    private static final String GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/gantry-sky";

    private static final String SHARED = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shared";
    private static final String REGISTRY = SHARED + "/providers/Microsoft.ContainerRegistry/registries/shopimages";

    @TempDir
    Path folder;

    private FakeAzure azure;
    private Subscription subscription;

    private record Ended(int exitCode, String said) {}

    @BeforeEach
    void play() throws IOException {
        azure = FakeAzure.start(Hosts.imaginary(), 1);
        subscription = azure.subscription();
        List.of("Standard_D2as_v5", "Standard_B2ms", "Standard_D2s_v5")
                .forEach(size -> subscription.offer(size, "westeurope", List.of("1", "2", "3"), false));
        Files.writeString(folder.resolve("ca.pem"), azure.certificate());
        Path az =
                Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("az"), """
                #!/bin/sh
                echo '{"accessToken": "%s", "expiresOn": "2099-01-01 00:00:00.000000", "tokenType": "Bearer"}'
                """.formatted(TOKEN));
        Files.setPosixFilePermissions(az, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    @Test
    void a_dry_run_names_every_resource_with_its_size_and_what_it_costs_and_makes_nothing() throws Exception {
        Ended ended = gantry("up", "-f", EXAMPLE, "--dry-run");
        assertThat(ended.said())
                .contains("Fleet sky, provider azure:")
                .containsPattern("virtual machine +vm-1 +Standard_D2as_v5, zone 1 +62.78")
                .containsPattern("disk +vm-2-disk +128 GiB, standard SSD +9.60")
                .containsPattern("public address +vm-1-address +static +3.65")
                .containsPattern("all +- +- +216.45")
                .doesNotContain(TOKEN);
        assertThat(ended.exitCode()).isZero();
        assertThat(azure.there()).isEmpty();
    }

    @Test
    void machines_that_are_to_be_resized_are_named_with_what_that_means() throws Exception {
        String ours = """
                {"location": "westeurope", "tags": {"managed-by": "gantry", "fleet": "sky", "cpus": "2.0", "memory": "4Gi"},
                 "properties": {"hardwareProfile": {"vmSize": "Standard_B2s"}, "provisioningState": "Succeeded"}}""";
        plant(GROUP, ours);
        plant(GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-1", ours);
        plant(GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-3", ours);
        Ended ended = gantry("up", "-f", EXAMPLE, "--dry-run");
        assertThat(ended.said())
                .containsPattern("vm-1 +to be resized +both +2 cpus, 8Gi, now 2 cpus, 4Gi")
                .contains("vm-1 is resized: the platform, which began there, may be away meanwhile")
                .contains("vm-3 is resized: its apps move first; one machine after the other.");
        assertThat(ended.exitCode()).as(ended.said()).isZero();
        assertThat(azure.requests()).extracting(Asked::method).containsOnly("GET");
    }

    @Test
    void a_machine_that_azure_does_not_resize_stays_and_the_rest_is_not_begun() throws Exception {
        String ours = """
                {"location": "westeurope", "tags": {"managed-by": "gantry", "fleet": "sky", "cpus": "2.0", "memory": "4Gi"},
                 "properties": {"hardwareProfile": {"vmSize": "Standard_B2s"}, "provisioningState": "Succeeded", "power": "running"}}""";
        plant(GROUP, ours);
        plant(GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-1", ours);
        azure.mishap(
                "PATCH virtualMachines/vm-1",
                Mishap.refused(409, "SkuNotAvailable", "The requested size is currently not available."));
        Ended ended = gantry("up", "-f", EXAMPLE, "--yes");
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.said())
                .contains("Azure could not resize vm-1 to Standard_D2as_v5: SkuNotAvailable")
                .contains("vm-1 stays Standard_B2s.");
        assertThat(azure.requests()).extracting(Asked::method).doesNotContain("PUT", "DELETE");
    }

    @Test
    void what_stands_in_the_way_is_said_before_anything_is_made() throws Exception {
        subscription.quota("standardDASv5Family", 10, 10);
        Ended ended = gantry("up", "-f", EXAMPLE, "--yes");
        assertThat(ended.said())
                .contains("machines[].size: this takes 2 more of your quota standardDASv5Family in westeurope")
                .contains("Nothing was made");
        assertThat(ended.exitCode()).isNotZero();
        assertThat(azure.there()).isEmpty();
    }

    @Test
    void where_it_breaks_off_what_is_there_is_said_and_what_to_do() throws Exception {
        azure.mishap(
                "PUT networkInterfaces/vm-1-nic",
                Mishap.refused(403, "AuthorizationFailed", "The client does not have authorization."));
        Ended ended = gantry("up", "-f", EXAMPLE, "--yes");
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.said())
                .contains("Azure could not make the network interface of vm-1: AuthorizationFailed")
                .contains("There so far: ", "virtualNetworks gantry-sky-network", "publicIPAddresses vm-1-address")
                .contains("Go on with the same command; remove it all with: gantry down");
        assertThat(gantry("down", "-f", EXAMPLE, "--yes").exitCode()).isZero();
        assertThat(azure.there()).isEmpty();
    }

    @Test
    void down_removes_what_bears_the_fleets_tags_and_nothing_else() throws Exception {
        String ours =
                "{\"location\":\"westeurope\",\"tags\":{\"managed-by\":\"gantry\",\"fleet\":\"sky\"},\"properties\":{}}";
        String theirs = "{\"location\":\"westeurope\",\"properties\":{}}";
        plant(GROUP, theirs);
        plant(GROUP + "/providers/Microsoft.Network/networkInterfaces/vm-1-nic", ours);
        plant(GROUP + "/providers/Microsoft.Network/networkInterfaces/theirs", theirs);
        Ended ended = gantry("down", "-f", EXAMPLE, "--yes");
        assertThat(ended.said()).doesNotContain(TOKEN);
        assertThat(ended.exitCode()).as(ended.said()).isZero();
        assertThat(azure.there())
                .containsExactly(GROUP, GROUP + "/providers/Microsoft.Network/networkInterfaces/theirs");
    }

    @Test
    void rights_on_a_container_registry_are_listed_given_and_taken_back() throws Exception {
        plant(SHARED, "{}");
        plant(REGISTRY, "{\"properties\":{\"loginServer\":\"shopimages.azurecr.io\"}}");
        String file = withRegistry();
        Ended dry = gantry("up", "-f", file, "--dry-run");
        assertThat(dry.said())
                .containsPattern("role assignment +AcrPush +on shopimages.azurecr.io")
                .containsPattern("role assignment +AcrDelete +on shopimages.azurecr.io")
                .doesNotContain("To be done by you");
        assertThat(subscription.rolesGiven()).isEmpty();
        azure.mishap(
                "PUT networkInterfaces/vm-1-nic",
                Mishap.refused(403, "AuthorizationFailed", "The client does not have authorization."));
        assertThat(gantry("up", "-f", file, "--yes").said())
                .contains("There so far: ", "role assignment AcrPush on shopimages.azurecr.io");
        assertThat(subscription.rolesGiven())
                .filteredOn(given -> given.scope().equals(REGISTRY))
                .hasSize(2);
        assertThat(gantry("down", "-f", file, "--yes").exitCode()).isZero();
        assertThat(subscription.rolesGiven()).isEmpty();
        assertThat(azure.there()).containsExactly(SHARED, REGISTRY);
    }

    @Test
    void rights_that_are_not_ours_to_give_are_said_before_anything_is_made() throws Exception {
        Ended dry = gantry("up", "-f", withRegistry(), "--dry-run");
        assertThat(dry.exitCode()).as(dry.said()).isZero();
        assertThat(dry.said())
                .contains("To be done by you: containerRegistry: there is no container registry shopimages.azurecr.io")
                .contains("\n  az role assignment create --role 'AcrDelete' ");
        assertThat(azure.there()).isEmpty();
    }

    private String withRegistry() throws IOException {
        String example = Files.readString(Path.of(EXAMPLE)).replace("# containerRegistry: ", "containerRegistry: ");
        return Files.writeString(folder.resolve("fleet.yaml"), example).toString();
    }

    private void plant(String id, String resource) {
        azure.plant(id, JsonMapper.shared().readTree(resource));
    }

    private Ended gantry(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.gantry.bootstrapper.Gantry"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment()
                .putAll(Map.of(
                        "PATH", folder.resolve("bin") + ":/usr/bin:/bin",
                        "GANTRY_FLEETS_DIR", folder.resolve("fleets").toString(),
                        "GANTRY_PLATFORM_CODE",
                                Files.createDirectories(folder.resolve("code")).toString(),
                        "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                        "GANTRY_AZURE_RESOURCE_MANAGER", azure.endpoint().toString(),
                        "GANTRY_AZURE_CERTIFICATES", folder.resolve("ca.pem").toString()));
        Process started = process.start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!started.waitFor(2, TimeUnit.MINUTES)) {
            started.destroyForcibly();
            throw new AssertionError("It does not end: " + said);
        }
        return new Ended(started.exitValue(), said);
    }
}
