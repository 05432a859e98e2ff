package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.GROUP;
import static io.gantry.azure.PlayedAzure.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.azure.AzureMachines.Reached;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineState;
import io.gantry.remote.HostKey;
import io.gantry.testkit.azure.Asked;
import io.gantry.testkit.azure.Hosts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AzureMachinesTest {
    private PlayedAzure played;
    private AzureMachines machines;

    @BeforeEach
    void begin(@TempDir Path folder) {
        played = new PlayedAzure(folder);
        machines = played.machines();
    }

    @AfterEach
    void end() {
        played.close();
    }

    @Test
    void a_machine_is_made_with_all_that_it_needs() {
        Machine made = machines.create(wanted("vm-1"));
        assertThat(made.state()).isEqualTo(MachineState.RUNNING);
        assertThat(made.labels()).isEqualTo(Map.of("disk.io/kind", "ssd"));
        assertThat(made.size()).isEqualTo(wanted("vm-1").size());
        assertThat(played.azure.there())
                .containsExactlyInAnyOrder(
                        GROUP,
                        GROUP + "/providers/Microsoft.Network/networkSecurityGroups/gantry-sky-firewall",
                        GROUP + "/providers/Microsoft.Network/virtualNetworks/gantry-sky-network",
                        GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gantry-sky-platform",
                        GROUP + "/providers/Microsoft.Network/publicIPAddresses/vm-1-address",
                        GROUP + "/providers/Microsoft.Network/networkInterfaces/vm-1-nic",
                        GROUP + "/providers/Microsoft.Compute/disks/vm-1-disk",
                        GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-1");
    }

    @Test
    void its_host_key_is_the_one_that_azure_reads_there() {
        HostKey key = HostKey.parse(Hosts.Imaginary.HOST_KEY);
        assertThat(machines.create(wanted("vm-1")).login().hostKey()).isEqualTo(key);
        assertThat(played.pins.of("vm-1")).contains(key);
    }

    @Test
    void only_what_the_fleet_begins_with_is_reached_from_outside() {
        machines.create(wanted("vm-1"));
        Machine second = machines.create(wanted("vm-2"));
        assertThat(second.login().host()).isEqualTo(second.address());
        assertThat(played.azure.there()).noneMatch(id -> id.endsWith("vm-2-address"));
    }

    @Test
    void so_is_each_machine_where_a_lifecycle_manager_may_run() {
        AzureMachines ofTwo = played.machines(PlayedAzure.fleetOfTwo());
        ofTwo.create(wanted("vm-1"));
        Machine second = ofTwo.create(wanted("vm-2"));
        assertThat(played.azure.there()).anyMatch(id -> id.endsWith("publicIPAddresses/vm-2-address"));
        assertThat(played.azure
                        .sent("networkInterfaces/vm-2-nic")
                        .at("/properties/ipConfigurations/0/properties/publicIPAddress/id")
                        .asString())
                .endsWith("/vm-2-address");
        assertThat(second.state()).isEqualTo(MachineState.RUNNING);
    }

    @Test
    void one_that_was_made_without_an_address_outside_is_given_one_and_made_nothing_else() {
        machines.create(wanted("vm-2"));
        AzureMachines ofTwo = played.machines(PlayedAzure.fleetOfTwo());
        Machine second = ofTwo.create(wanted("vm-2"));
        assertThat(second.login().host()).isNotEqualTo(second.address());
        assertThat(asked("PUT virtualMachines/vm-2")).isOne();
        int before = puts();
        ofTwo.create(wanted("vm-2"));
        assertThat(puts()).isEqualTo(before);
    }

    @Test
    void from_within_a_machine_is_reached_at_its_own_address() {
        machines.create(wanted("vm-1"));
        Machine within = played.machines(Reached.FROM_WITHIN).find("vm-1").orElseThrow();
        assertThat(within.login().host()).isEqualTo(within.address());
    }

    @Test
    void one_that_is_there_is_adopted_and_nothing_is_asked_for_again() {
        machines.create(wanted("vm-1"));
        int before = puts();
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
        assertThat(puts()).isEqualTo(before);
    }

    private int puts() {
        return (int) played.azure.requests().stream()
                .filter(asked -> asked.method().equals("PUT"))
                .count();
    }

    @Test
    void whoever_died_in_the_middle_is_followed_by_one_that_asks_for_the_same() {
        machines.create(wanted("vm-1"));
        played.azure.vanish("virtualMachines/vm-1");
        played.pins.forget("vm-1");
        List<String> first = bodies();
        played.machines().create(wanted("vm-1"));
        assertThat(bodies().subList(first.size(), bodies().size())).isSubsetOf(first);
    }

    private List<String> bodies() {
        return played.azure.requests().stream()
                .filter(asked -> asked.method().equals("PUT"))
                .map(asked -> asked.what() + asked.body())
                .toList();
    }

    @Test
    void what_was_switched_off_is_switched_on_and_costs_nothing_meanwhile() {
        machines.create(wanted("vm-1"));
        assertThat(machines.stop("vm-1").state()).isEqualTo(MachineState.STOPPED);
        assertThat(machines.stop("vm-1").state()).isEqualTo(MachineState.STOPPED);
        assertThat(asked("POST vm-1/deallocate")).isEqualTo(1);
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
        assertThat(machines.start("vm-1").state()).isEqualTo(MachineState.RUNNING);
        assertThat(asked("POST vm-1/start")).isEqualTo(1);
    }

    private long asked(String what) {
        return played.azure.requests().stream()
                .map(Asked::what)
                .filter(what::equals)
                .count();
    }

    @Test
    void a_restart_ends_with_a_running_machine_from_whatever_state() {
        machines.create(wanted("vm-1"));
        assertThat(machines.restart("vm-1").state()).isEqualTo(MachineState.RUNNING);
        machines.stop("vm-1");
        assertThat(machines.restart("vm-1").state()).isEqualTo(MachineState.RUNNING);
        assertThat(asked("POST vm-1/restart")).isEqualTo(1);
    }

    @Test
    void what_is_not_there_is_neither_started_nor_found() {
        assertThat(machines.list()).isEmpty();
        assertThat(machines.find("vm-1")).isEmpty();
        assertFails(Reason.NO_SUCH_MACHINE, () -> machines.start("vm-1"), "create it first");
    }

    @Test
    void machines_are_listed_by_name_with_their_state() {
        machines.create(wanted("vm-2"));
        machines.create(wanted("vm-1"));
        machines.stop("vm-2");
        assertThat(machines.list()).extracting(Machine::name).containsExactly("vm-1", "vm-2");
        assertThat(machines.list())
                .extracting(Machine::state)
                .containsExactly(MachineState.RUNNING, MachineState.STOPPED);
    }

    @Test
    void a_machine_goes_with_its_disk_and_its_addresses() {
        machines.create(wanted("vm-1"));
        machines.create(wanted("vm-2"));
        machines.delete("vm-1");
        machines.delete("vm-1");
        assertThat(played.azure.there()).noneMatch(id -> id.contains("/vm-1"));
        assertThat(machines.list()).extracting(Machine::name).containsExactly("vm-2");
        assertThat(played.pins.of("vm-1")).isEmpty();
    }

    @Test
    void nothing_is_left_of_a_fleet_that_is_removed() {
        machines.create(wanted("vm-1"));
        machines.create(wanted("vm-2"));
        assertThat(machines.belongings()).contains("virtualMachines vm-1", "virtualNetworks gantry-sky-network");
        machines.deleteAll();
        assertThat(played.azure.there()).isEmpty();
        assertThat(machines.belongings()).isEmpty();
        machines.deleteAll();
    }

    @Test
    void what_somebody_else_has_in_the_resource_group_stays() {
        machines.create(wanted("vm-1"));
        String theirs = GROUP + "/providers/Microsoft.Compute/virtualMachines/theirs";
        played.azure.plant(theirs, JsonMapper.shared().readTree("{\"location\":\"westeurope\",\"properties\":{}}"));
        assertThat(machines.list()).extracting(Machine::name).containsExactly("vm-1");
        machines.deleteAll();
        assertThat(played.azure.there()).containsExactly(GROUP, theirs);
    }

    @Test
    void a_resource_group_that_was_there_is_used_and_stays() {
        played.azure.plant(GROUP, JsonMapper.shared().readTree("{\"location\":\"westeurope\"}"));
        machines.create(wanted("vm-2"));
        machines.deleteAll();
        assertThat(played.azure.there()).containsExactly(GROUP);
    }

    @Test
    void a_name_that_another_has_is_not_touched() {
        played.azure.plant(GROUP, JsonMapper.shared().readTree("{\"location\":\"westeurope\"}"));
        String theirs = GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-1";
        played.azure.plant(theirs, JsonMapper.shared().readTree("{\"location\":\"westeurope\",\"properties\":{}}"));
        assertFails(Reason.PROVIDER_REFUSED, () -> machines.create(wanted("vm-1")), "not of the fleet sky");
        assertFails(Reason.PROVIDER_REFUSED, () -> machines.delete("vm-1"), "azure.resourceGroup");
        assertThat(played.azure.there()).containsExactly(GROUP, theirs);
    }

    @Test
    void a_machine_that_was_deleted_behind_our_back_is_made_again_with_another_key() {
        machines.create(wanted("vm-1"));
        played.azure.vanish("virtualMachines/vm-1");
        assertThat(machines.find("vm-1")).isEmpty();
        assertFails(Reason.NO_SUCH_MACHINE, () -> machines.restart("vm-1"), "create it first");
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
    }

    @Test
    void who_may_come_in_follows_the_fleets_file() {
        machines.create(wanted("vm-1"));
        played.machines(PlayedAzure.fleetFrom("198.51.100.9/32")).create(wanted("vm-1"));
        assertThat(played.azure
                        .sent("networkSecurityGroups/gantry-sky-firewall")
                        .at("/properties/securityRules/0/properties/sourceAddressPrefixes")
                        .toString())
                .isEqualTo("[\"198.51.100.9/32\"]");
    }

    private static void assertFails(Reason reason, Runnable call, String saying) {
        assertThatExceptionOfType(MachineFailure.class)
                .isThrownBy(call::run)
                .withMessageContaining(saying)
                .extracting(MachineFailure::reason)
                .isEqualTo(reason);
    }
}
