package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.GROUP;
import static io.gantry.azure.PlayedAzure.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.azure.Asked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is sent, field by field. That Azure publishes it so is {@link PublishedRequestsTest}'s. */
class RequestShapesTest {
    private static final String TAGS = """
            "tags": {"fleet": "sky", "managed-by": "gantry", "owner": "platform-team"}""";
    private static final String MACHINE_TAGS = """
            "tags": {"fleet": "sky", "managed-by": "gantry", "owner": "platform-team", "machine": "%s", "role": "%s",
                     "cpus": "2.0", "memory": "8Gi", "label.disk.io:kind": "ssd"}""";

    private PlayedAzure played;

    @BeforeEach
    void begin(@TempDir Path folder) {
        played = new PlayedAzure(folder);
        played.machines().create(wanted("vm-1"));
        played.machines().create(wanted("vm-2"));
    }

    @AfterEach
    void end() {
        played.close();
    }

    @Test
    void a_resource_group() {
        assertSent("resourcegroups/gantry-sky", """
                {"location": "westeurope", %s}""".formatted(TAGS));
    }

    @Test
    void a_network_security_group() {
        assertSent("networkSecurityGroups/gantry-sky-firewall", """
                {"location": "westeurope", %s, "properties": {"securityRules": [
                  {"name": "ssh-from-owner", "properties": {"protocol": "Tcp", "access": "Allow", "priority": 100,
                   "direction": "Inbound", "sourcePortRange": "*", "destinationPortRange": "22",
                   "sourceAddressPrefixes": ["203.0.113.7/32"], "destinationAddressPrefix": "*"}},
                  {"name": "fleet", "properties": {"protocol": "*", "access": "Allow", "priority": 110,
                   "direction": "Inbound", "sourcePortRange": "*", "destinationPortRange": "*",
                   "sourceAddressPrefix": "10.42.0.0/16", "destinationAddressPrefix": "*"}},
                  {"name": "nobody-else", "properties": {"protocol": "*", "access": "Deny", "priority": 4096,
                   "direction": "Inbound", "sourcePortRange": "*", "destinationPortRange": "*",
                   "sourceAddressPrefix": "*", "destinationAddressPrefix": "*"}}]}}""".formatted(TAGS));
    }

    @Test
    void a_virtual_network() {
        assertSent("virtualNetworks/gantry-sky-network", """
                {"location": "westeurope", %s, "properties": {"addressSpace": {"addressPrefixes": ["10.42.0.0/16"]},
                 "subnets": [{"name": "nodes", "properties": {"addressPrefix": "10.42.0.0/16", "defaultOutboundAccess": true,
                  "networkSecurityGroup": {"id": "%s/providers/Microsoft.Network/networkSecurityGroups/gantry-sky-firewall"}}}]}}""".formatted(TAGS, GROUP));
    }

    @Test
    void a_public_address() {
        assertSent("publicIPAddresses/vm-1-address", """
                {"location": "westeurope", %s, "sku": {"name": "Standard"}, "properties": {"publicIPAllocationMethod": "Static"}}""".formatted(MACHINE_TAGS.formatted("vm-1", "both")));
    }

    @Test
    void a_network_interface() {
        assertSent("networkInterfaces/vm-1-nic", """
                {"location": "westeurope", %s, "properties": {"ipConfigurations": [{"name": "primary", "properties": {
                  "primary": true, "privateIPAllocationMethod": "Dynamic",
                  "subnet": {"id": "%s/providers/Microsoft.Network/virtualNetworks/gantry-sky-network/subnets/nodes"},
                  "publicIPAddress": {"id": "%s/providers/Microsoft.Network/publicIPAddresses/vm-1-address"}}}]}}""".formatted(MACHINE_TAGS.formatted("vm-1", "both"), GROUP, GROUP));
    }

    @Test
    void a_virtual_machine() {
        assertSent("virtualMachines/vm-1", machine("vm-1", "both", "Standard_D2as_v5", 64, "platform", """
                , "zones": ["1"]""", ""));
    }

    @Test
    void a_virtual_machine_on_spot() {
        assertSent("virtualMachines/vm-2", machine("vm-2", "worker", "Standard_B2ms", 128, "node", "", """
                , "priority": "Spot", "evictionPolicy": "Deallocate", "billingProfile": {"maxPrice": -1.0}"""));
    }

    private String machine(
            String name, String role, String size, int disk, String identity, String beside, String within) {
        return """
                {"location": "westeurope", %s,
                 "identity": {"type": "UserAssigned", "userAssignedIdentities": {
                   "%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gantry-sky-%s": {}}}%s,
                 "properties": {
                   "hardwareProfile": {"vmSize": "%s"},
                   "storageProfile": {
                     "imageReference": {"publisher": "Debian", "offer": "debian-12", "sku": "12-gen2", "version": "latest"},
                     "osDisk": {"name": "%s-disk", "createOption": "FromImage", "caching": "ReadWrite", "diskSizeGB": %d,
                                "deleteOption": "Delete", "managedDisk": {"storageAccountType": "StandardSSD_LRS"}}},
                   "osProfile": {"computerName": "%s", "adminUsername": "ops", "customData": "%s",
                     "linuxConfiguration": {"disablePasswordAuthentication": true, "ssh": {"publicKeys": [
                       {"path": "/home/ops/.ssh/authorized_keys", "keyData": "%s"}]}}},
                   "networkProfile": {"networkInterfaces": [{"id": "%s/providers/Microsoft.Network/networkInterfaces/%s-nic",
                     "properties": {"primary": true, "deleteOption": "Delete"}}]}%s}}""".formatted(
                        MACHINE_TAGS.formatted(name, role),
                        GROUP,
                        identity,
                        beside,
                        size,
                        name,
                        disk,
                        name,
                        CloudInit.customData(),
                        played.keys.publicKey(),
                        GROUP,
                        name,
                        within);
    }

    @Test
    void another_size_for_a_machine() {
        played.machines(PlayedAzure.fleetWith("Standard_D4as_v5")).resize(wanted("vm-1"));
        List<JsonNode> sent = played.azure.requests().stream()
                .filter(asked -> asked.what().equals("PATCH virtualMachines/vm-1"))
                .map(Asked::body)
                .toList();
        String tags =
                MACHINE_TAGS.formatted("vm-1", "both").replace("{\"fleet\"", "{\"size-before\": \"%s\", \"fleet\"");
        assertThat(sent)
                .containsExactly(
                        JsonMapper.shared().readTree("""
                        {%s, "properties": {"hardwareProfile": {"vmSize": "Standard_D4as_v5"}}}""".formatted(tags.formatted("Standard_D2as_v5"))),
                        JsonMapper.shared().readTree("{%s}".formatted(tags.formatted(""))));
    }

    @Test
    void a_role_is_given_in_the_resource_group_alone() {
        Asked given = played.azure.requests().stream()
                .filter(asked -> asked.what().startsWith("PUT roleAssignments/"))
                .findFirst()
                .orElseThrow();
        assertThat(given.path()).startsWith(GROUP + "/providers/Microsoft.Authorization/roleAssignments/");
        assertThat(given.body().at("/properties/principalType").asString()).isEqualTo("ServicePrincipal");
    }

    @Test
    void no_secret_is_in_what_is_sent() throws Exception {
        String sent = played.azure.requests().stream()
                .map(asked -> asked.path() + asked.query() + asked.body())
                .reduce("", String::concat);
        String cloudInit = new String(Base64.getDecoder().decode(CloudInit.customData()), StandardCharsets.UTF_8);
        List<String> privateKey = Files.readAllLines(played.keys.privateKey()).stream()
                .filter(line -> !line.startsWith("-----"))
                .toList();
        assertThat(privateKey).isNotEmpty();
        for (String where : List.of(sent, cloudInit)) {
            assertThat(where).doesNotContain(privateKey).doesNotContain(PlayedAzure.TOKEN, "PRIVATE KEY");
        }
        assertThat(cloudInit).startsWith("#cloud-config\n").doesNotContain("sky", "password", "token", "key-data");
        assertThat(CloudInit.customData().length()).isLessThan(65_535);
    }

    private void assertSent(String what, String expected) {
        JsonNode sent = played.azure.sent(what).deepCopy();
        if (sent.at("/properties") instanceof ObjectNode properties && properties.isEmpty()) {
            ((ObjectNode) sent).remove("properties");
        }
        assertThat(sent).isEqualTo(JsonMapper.shared().readTree(expected));
    }
}
