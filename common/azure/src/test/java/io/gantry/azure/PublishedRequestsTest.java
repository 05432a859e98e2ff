package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.GROUP;
import static io.gantry.azure.PlayedAzure.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.azure.Asked;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All that is asked of Azure in a fleet's life, beside what Azure publishes of it. */
class PublishedRequestsTest {
    private static final List<PublishedRequest> PUBLISHED = PublishedRequest.all();
    private static final String ANY_GROUP = "/subscriptions/0/resourceGroups/sky";

    private static List<Asked> asked;

    @BeforeAll
    static void live(@TempDir Path folder) {
        try (var played = new PlayedAzure(folder)) {
            AzureMachines machines = played.machines();
            machines.obstacles(List.of(wanted("vm-1"), wanted("vm-2")));
            machines.create(wanted("vm-1"));
            machines.create(wanted("vm-2"));
            machines.stop("vm-1");
            machines.start("vm-1");
            machines.restart("vm-1");
            played.machines(PlayedAzure.fleetWith("Standard_D4as_v5")).resize(wanted("vm-1"));
            leaveADisk(played, "vm-2");
            machines.delete("vm-2");
            machines.deleteAll();
            liveOnSharedBackings(played);
            liveInSomebodysGroup(played, machines);
            asked = played.azure.requests();
        }
    }

    private static void leaveADisk(PlayedAzure played, String machine) {
        played.azure.plant(
                GROUP + "/providers/Microsoft.Compute/disks/left",
                JsonMapper.shared().readTree("""
                {"tags": {"managed-by": "gantry", "fleet": "sky", "machine": "%s"}}""".formatted(machine)));
    }

    /** Rights there are looked for, given and taken back. */
    private static void liveOnSharedBackings(PlayedAzure played) {
        SharedBackings.plantBoth(played.azure);
        AzureMachines machines = played.machines(SharedBackings.FLEET);
        machines.errands();
        machines.create(wanted("vm-1"));
        machines.deleteAll();
    }

    /** There each thing is deleted by itself. */
    private static void liveInSomebodysGroup(PlayedAzure played, AzureMachines machines) {
        played.azure.plant(GROUP, JsonMapper.shared().readTree("{\"location\": \"westeurope\"}"));
        machines.create(wanted("vm-1"));
        machines.deleteAll();
    }

    @Test
    void each_request_is_as_azure_publishes_it() {
        assertThat(asked.stream().flatMap(one -> deviations(one).stream()).distinct())
                .isEmpty();
    }

    @Test
    void whatever_is_written_down_is_asked_for() {
        assertThat(PUBLISHED.stream()
                        .filter(published -> asked.stream().noneMatch(published::isOf))
                        .map(PublishedRequest::name))
                .isEmpty();
    }

    @Test
    void a_misspelt_field_is_found() {
        assertThat(deviations(machine("/properties/osProfile", system -> system.put("adminUserName", "ops"))))
                .containsExactly(
                        "VirtualMachines_CreateOrUpdate: body.properties.osProfile.adminUserName is not known there");
    }

    @Test
    void a_wrong_type_is_found() {
        assertThat(deviations(machine("/properties/storageProfile/osDisk", disk -> disk.put("diskSizeGB", "64"))))
                .containsExactly(
                        "VirtualMachines_CreateOrUpdate: body.properties.storageProfile.osDisk.diskSizeGB is of type string, not integer");
    }

    @Test
    void a_value_that_nobody_knows_is_found() {
        assertThat(deviations(machine("/properties/storageProfile/osDisk", disk -> disk.put("caching", "readwrite"))))
                .containsExactly(
                        "VirtualMachines_CreateOrUpdate: body.properties.storageProfile.osDisk.caching is \"readwrite\", none of [None, ReadOnly, ReadWrite]");
    }

    @Test
    void a_field_that_is_missing_is_found() {
        assertThat(deviations(machine("/properties/storageProfile/osDisk", disk -> disk.remove("createOption"))))
                .containsExactly(
                        "VirtualMachines_CreateOrUpdate: body.properties.storageProfile.osDisk.createOption is missing");
    }

    @Test
    void another_version_is_found() {
        assertThat(deviations(nothingIn("GET", ANY_GROUP + "/resources", "2021-04-01")))
                .containsExactly("Resources_ListByResourceGroup: version is 2021-04-01, not 2025-04-01");
    }

    @Test
    void another_path_or_method_is_found() {
        assertThat(deviations(nothingIn("GET", ANY_GROUP, "2025-04-01")))
                .containsExactly("Azure does not publish GET " + ANY_GROUP);
        assertThat(deviations(nothingIn("PATCH", ANY_GROUP + "/resources", "2025-04-01")))
                .containsExactly("Azure does not publish PATCH " + ANY_GROUP + "/resources");
    }

    private static List<String> deviations(Asked one) {
        return PUBLISHED.stream()
                .filter(published -> published.isOf(one))
                .findFirst()
                .map(published -> published.deviations(one))
                .orElseGet(() -> List.of("Azure does not publish %s %s".formatted(one.method(), one.path())));
    }

    /** What is sent for a machine, but for a change at one place. */
    private static Asked machine(String place, Consumer<ObjectNode> change) {
        Asked sent = asked.stream()
                .filter(one -> one.what().equals("PUT virtualMachines/vm-1"))
                .findFirst()
                .orElseThrow();
        ObjectNode body = (ObjectNode) sent.body().deepCopy();
        change.accept((ObjectNode) body.at(place));
        return new Asked(sent.method(), sent.path(), sent.query(), body);
    }

    private static Asked nothingIn(String method, String path, String version) {
        return new Asked(
                method,
                path,
                Map.of("api-version", version),
                JsonMapper.shared().missingNode());
    }
}
