package io.gantry.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.azure.AzureEstimate.Line;
import io.gantry.fleet.file.FleetFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AzureEstimateTest {
    @Test
    void every_resource_has_its_line() throws Exception {
        var estimate = AzureEstimate.of(FleetFile.read(Path.of("../../examples/fleet-azure.yaml")));
        assertThat(estimate.lines())
                .extracting(Line::resource, Line::name)
                .extracting(line -> line.toList().toString())
                .containsExactly(
                        "[resource group, gantry-sky]",
                        "[network security group, gantry-sky-firewall]",
                        "[virtual network, gantry-sky-network]",
                        "[managed identity, gantry-sky-platform]",
                        "[managed identity, gantry-sky-node]",
                        "[role assignment, Gantry Lifecycle Manager]",
                        "[virtual machine, vm-1]",
                        "[disk, vm-1-disk]",
                        "[network interface, vm-1-nic]",
                        "[public address, vm-1-address]",
                        "[virtual machine, vm-2]",
                        "[disk, vm-2-disk]",
                        "[network interface, vm-2-nic]",
                        "[virtual machine, vm-3]",
                        "[disk, vm-3-disk]",
                        "[network interface, vm-3-nic]");
        assertThat(estimate.lines())
                .contains(
                        new Line("virtual machine", "vm-1", "Standard_D2as_v5, zone 1", new BigDecimal("62.78")),
                        new Line("disk", "vm-2-disk", "128 GiB, standard SSD", new BigDecimal("9.60")));
        assertThat(estimate.isComplete()).isTrue();
        assertThat(estimate.usdPerMonth()).isEqualByComparingTo("216.45");
    }

    @Test
    void so_has_every_right_that_its_platform_is_given_outside() {
        var estimate = AzureEstimate.of(FleetFile.parse("fleet.yaml", """
                provider: azure
                azure: {subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590, location: westeurope, sshFrom: [1.2.3.4/32]}
                containerRegistry: {address: shopimages-a1b2.azurecr.io, signIn: azure}
                blobStorage: {address: 'https://shopbundles.blob.core.windows.net/', signIn: azure}
                machines: [{name: a}]"""));
        assertThat(estimate.lines())
                .contains(
                        new Line("role assignment", "AcrPush", "on shopimages-a1b2.azurecr.io", BigDecimal.ZERO),
                        new Line("role assignment", "AcrDelete", "on shopimages-a1b2.azurecr.io", BigDecimal.ZERO),
                        new Line(
                                "role assignment",
                                "Storage Blob Data Contributor",
                                "on shopbundles.blob.core.windows.net",
                                BigDecimal.ZERO));
    }

    @Test
    void what_has_no_price_is_said_to_have_none() {
        var estimate = AzureEstimate.of(FleetFile.parse("fleet.yaml", """
                provider: azure
                azure: {subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590, location: westeurope, sshFrom: [1.2.3.4/32]}
                machines: [{name: a, size: {cpus: 64, memory: 512Gi}, azure: {size: Standard_M64s}}]"""));
        assertThat(estimate.isComplete()).isFalse();
        assertThat(estimate.usdPerMonth()).isEqualByComparingTo("8.45");
    }
}
