package io.gantry.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.AzureMachine;
import io.gantry.fleet.AzureSize;
import io.gantry.fleet.BackingService;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.Provider;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AzureFleetTest {
    private static final String WHERE = """
            provider: azure
            azure:
              subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590
              location: westeurope
              sshFrom: [203.0.113.7/32]
            """;

    @Test
    void the_example_is_a_fleet_of_three() throws IOException {
        Fleet fleet = FleetFile.read(FleetFileTest.EXAMPLES.resolve("fleet-azure.yaml"));
        assertThat(fleet.provider()).isEqualTo(Provider.AZURE);
        assertThat(fleet.machines().stream().map(Machine::azure))
                .containsExactly(
                        new AzureMachine("Standard_D2as_v5", false, "1"),
                        new AzureMachine("Standard_B2ms", false, null),
                        new AzureMachine("Standard_D2s_v5", true, null));
        assertThat(fleet.beginning()).extracting(Machine::name).containsExactly("vm-1");
        assertThat(FleetFile.parse("shown", FleetFile.show(fleet))).isEqualTo(fleet);
    }

    @Test
    void all_but_where_it_is_has_a_default() {
        Fleet fleet = parse(WHERE + "name: sky\nmachines: [{name: one}]");
        assertThat(fleet.azure().resourceGroup()).isEqualTo("gantry-sky");
        assertThat(fleet.azure().network()).isEqualTo("10.42.0.0/16");
        assertThat(fleet.machines().getFirst().size()).isEqualTo(new MachineSize(2, Memory.parse("8Gi"), null));
    }

    @Test
    void the_cheapest_size_is_taken_that_has_as_much() {
        assertThat(AzureSize.fitting(2, Memory.parse("4Gi")).orElseThrow().name())
                .isEqualTo("Standard_B2s");
        assertThat(AzureSize.fitting(3, Memory.parse("20Gi")).orElseThrow().name())
                .isEqualTo("Standard_E4s_v5");
        assertThat(AzureSize.fitting(500, Memory.parse("20Gi"))).isEmpty();
    }

    @Test
    void a_size_that_gantry_does_not_know_says_what_it_has() {
        Machine machine = parse(
                        WHERE + "machines: [{name: a, size: {cpus: 64, memory: 512Gi}, azure: {size: Standard_M64s}}]")
                .machines()
                .getFirst();
        assertThat(machine.azure()).isEqualTo(new AzureMachine("Standard_M64s", false, null));
        assertThat(problems(WHERE + "machines: [{name: a, azure: {size: Standard_M64s}}]"))
                .containsExactly("/machines/0/azure/size: Gantry does not know what the size \"Standard_M64s\" has: "
                        + "write azure: {size: Standard_M64s}, and what it has under size:");
    }

    @Test
    void the_platforms_identity_signs_in_where_the_file_says_so() {
        Fleet fleet = parse(WHERE + """
                name: sky
                machines: [{name: one}]
                containerRegistry: {address: shopimages.azurecr.io, signIn: azure}
                blobStorage: {address: 'https://shop.blob.core.windows.net', signIn: azure}
                """);
        assertThat(fleet.containerRegistry())
                .isEqualTo(new BackingService.Elsewhere("shopimages.azurecr.io", null, true, false, null));
        assertThat(fleet.blobStorage())
                .isEqualTo(new BackingService.Elsewhere("https://shop.blob.core.windows.net", null, true, false, null));
        assertThat(FleetFile.parse("shown", FleetFile.show(fleet))).isEqualTo(fleet);
    }

    @Test
    void a_token_of_azures_is_sent_to_nobody_but_azure() {
        assertThat(problems(WHERE + """
                        machines: [{name: one}]
                        containerRegistry: {address: azurecr.io.example.com, signIn: azure}
                        blobStorage: {address: 'http://shop.blob.core.windows.net', signIn: azure}
                        database: {address: 'postgresql://10.0.0.6:5432/gantry', signIn: azure, user: gantry}
                        """))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("/containerRegistry/address: Azure's identities"),
                        problem -> assertThat(problem).startsWith("/blobStorage/address: Azure's identities"),
                        problem -> assertThat(problem).startsWith("/database/address: Azure's identities"));
    }

    @Test
    void a_database_of_azures_is_spoken_to_over_tls() {
        String address = "postgresql://shop.postgres.database.azure.com:5432/gantry";
        String machine = WHERE + "machines: [{name: one}]\n";
        assertThat(problems(machine + "database: {address: '%s'}".formatted(address)))
                .containsExactly("/database: Azure Database for PostgreSQL is spoken to over TLS: write tls: true");
        Fleet fleet = parse(machine + "database: {address: '%s', credentialFile: pg, tls: true}".formatted(address));
        assertThat(fleet.database()).isEqualTo(new BackingService.Elsewhere(address, "pg", false, true, null));
        assertThat(FleetFile.parse("shown", FleetFile.show(fleet))).isEqualTo(fleet);
    }

    @Test
    void a_database_of_azures_lets_in_an_identity_as_a_user_that_is_said_over_tls() {
        String address = "postgresql://shop.postgres.database.azure.com:5432/gantry";
        String machine = WHERE + "machines: [{name: one}]\n";
        Fleet fleet = parse(machine + "database: {address: '%s', signIn: azure, user: platform}".formatted(address));
        assertThat(fleet.database()).isEqualTo(new BackingService.Elsewhere(address, null, true, true, "platform"));
        assertThat(FleetFile.parse("shown", FleetFile.show(fleet))).isEqualTo(fleet);
        assertThat(problems(machine + "database: {address: '%s', signIn: azure}".formatted(address)))
                .singleElement()
                .asString()
                .startsWith("/database: It has to be said as which of the database's users the identity signs in");
        assertThat(problems(
                        machine + "database: {address: '%s', signIn: azure, user: p, tls: false}".formatted(address)))
                .containsExactly("/database: Azure Database for PostgreSQL is spoken to over TLS: write tls: true");
        assertThat(problems(machine + "database: {address: 'postgresql://10.0.0.6:5432/gantry', user: platform}"))
                .containsExactly(
                        "/database/user: The user stands in the file with the credential: leave user: out, or write signIn: azure");
        assertThat(problems(machine + "database: {address: '%s', signIn: azure, user: \"a'b\"}".formatted(address)))
                .singleElement()
                .asString()
                .startsWith("/database/user");
    }

    @Test
    void one_signs_in_in_one_way() {
        assertThat(problems(WHERE + """
                        machines: [{name: one}]
                        containerRegistry: {address: shopimages.azurecr.io, signIn: azure, credentialFile: acr}
                        """))
                .containsExactly("/containerRegistry/signIn: There is a credentialFile: too. Leave out one of the two");
        assertThat(problems("containerRegistry: {address: shopimages.azurecr.io, signIn: azure}"))
                .containsExactly(
                        "/containerRegistry/signIn: Machines of the provider local have no identity in Azure: name a file with the credential under credentialFile:");
    }

    @Test
    void what_is_wrong_is_told_all_at_once() {
        assertThat(problems("""
                        provider: azure
                        azure:
                          subscription: mine
                          location: westeurope
                          network: 10.42.0.7/16
                          sshFrom: [203.0.113.7/24]
                        machines:
                          - {name: a, address: 10.0.0.1, size: Standard_D2s_v4, azure: {zone: 4}}
                          - {name: b, size: {cpus: 4, memory: 16Gi, disk: 8Ti}, azure: {size: Standard_B2s}}
                          - {name: c, size: {cpus: 900, memory: 1Ti}}
                        """))
                .anyMatch(problem -> problem.startsWith("/azure/subscription"))
                .anyMatch(problem -> problem.startsWith("/machines/0/address: Gantry makes the machines of Azure"))
                .anyMatch(
                        problem -> problem.contains(
                                "/machines/0/size: Gantry knows no size \"Standard_D2s_v4\"; did you mean \"Standard_D2s_v5\"?"))
                .anyMatch(problem -> problem.startsWith("/machines/0/azure/zone"))
                .anyMatch(problem -> problem.startsWith("/machines/1/size/disk"))
                .anyMatch(problem -> problem.startsWith("/machines/1/azure/size: Standard_B2s has 2 cores and 4Gi"))
                .anyMatch(problem ->
                        problem.startsWith("/machines/2/size: Gantry knows no size of Azure's with as much"));
    }

    @Test
    void a_network_that_is_none_is_refused() {
        assertThat(problems(WHERE + "  network: 10.42.0.7/16\nmachines: [{name: a}]"))
                .containsExactly(
                        "/azure/network: 10.42.0.7/16 names a host within a network: the bits behind the /16 have to be 0");
        assertThat(problems(WHERE + "  network: 10.942.0.0/16\nmachines: [{name: a}]"))
                .containsExactly("/azure/network: There is no network 10.942.0.0/16: write one like 10.42.0.0/16");
    }

    @Test
    void machines_have_to_be_said_as_each_costs() {
        assertThat(problems(WHERE))
                .containsExactly(
                        "/machines: A fleet in Azure says its machines: list them under machines:, each with name:");
    }

    @Test
    void where_it_is_has_to_be_said() {
        assertThat(problems("provider: azure\nmachines: [{name: a}]"))
                .containsExactly(
                        "/azure: It has to be said where in Azure the fleet is: write azure: with subscription:, location: and sshFrom:");
    }

    @Test
    void what_keeps_data_is_not_taken_away() {
        assertThat(problems(WHERE + "machines: [{name: a, azure: {spot: true}}, {name: b, azure: {spot: true}}]"))
                .containsExactly(
                        "/machines/0/azure/spot: a keeps the platform's data: Azure may not take it away. Leave spot: out");
    }

    @Test
    void azure_is_not_for_other_providers() {
        assertThat(problems(
                        "azure: {subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590, location: w12, sshFrom: [1.2.3.4/32]}\n"
                                + "machines: [{name: a, azure: {size: Standard_B2s}}]"))
                .hasSize(2)
                .allMatch(problem -> problem.contains("This belongs to provider: azure"));
    }

    private static Fleet parse(String text) {
        return FleetFile.parse("fleet.yaml", text);
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(FleetRefused.class, () -> parse(text)).problems().stream()
                .map(problem -> problem.pointer() + ": " + problem.message())
                .toList();
    }
}
