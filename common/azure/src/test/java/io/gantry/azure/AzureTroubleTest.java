package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineState;
import io.gantry.testkit.azure.Mishap;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each ends in a sentence that says what to do; said again, it goes on; and it can be removed. */
class AzureTroubleTest {
    private static final String VM = "PUT virtualMachines/vm-1";

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

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        VM,
                        Mishap.failsLater("AllocationFailed", "Allocation failed. We do not have sufficient capacity."),
                        Reason.PROVIDER_BUSY,
                        "Azure could not create vm-1: AllocationFailed, Allocation failed. We do not have sufficient capacity. "
                                + "There is no room for this size in westeurope just now: say it again later, or take another size (machines[].azure.size) or zone (machines[].azure.zone)."),
                Arguments.of(
                        VM,
                        Mishap.refused(409, "SkuNotAvailable", "The requested size is currently not available."),
                        Reason.PROVIDER_REFUSED,
                        "Take another size (machines[].azure.size), another zone (machines[].azure.zone) or another location than westeurope (azure.location)."),
                Arguments.of(
                        VM,
                        Mishap.refused(409, "QuotaExceeded", "Operation results in exceeding quota limits of Core."),
                        Reason.PROVIDER_REFUSED,
                        "Ask for a higher quota (portal: Quotas, westeurope), or take less: machines[].size in fleet.yaml."),
                Arguments.of(
                        VM,
                        Mishap.refused(409, "OperationNotAllowed", "It exceeds approved Total Regional Cores quota."),
                        Reason.PROVIDER_REFUSED,
                        "Ask for a higher quota"),
                Arguments.of(
                        VM,
                        Mishap.refused(
                                409, "Conflict", "The request failed due to conflict with a concurrent request."),
                        Reason.PROVIDER_BUSY,
                        "Azure is still at something else there: say it again in a few minutes."),
                Arguments.of(
                        "PUT resourcegroups/gantry-sky",
                        Mishap.refused(
                                409, "ResourceGroupBeingDeleted", "The resource group is in deprovisioning state."),
                        Reason.PROVIDER_BUSY,
                        "The resource group gantry-sky is being deleted: wait until it is gone, or name another one (azure.resourceGroup)."),
                Arguments.of(
                        VM,
                        Mishap.failsLater(
                                "OSProvisioningTimedOut", "OS Provisioning did not finish in the allotted time."),
                        Reason.PROVIDER_REFUSED,
                        "The machine did not come up from its image (azure.image)"),
                Arguments.of(
                        "PUT networkInterfaces/vm-1-nic",
                        Mishap.refused(403, "AuthorizationFailed", "The client does not have authorization."),
                        Reason.PROVIDER_REFUSED,
                        "docs/azure.md"),
                Arguments.of(
                        "GET resourcegroups/gantry-sky",
                        Mishap.refused(404, "SubscriptionNotFound", "The subscription could not be found."),
                        Reason.PROVIDER_REFUSED,
                        "See that azure.subscription is yours"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void what_azure_refuses_is_told_and_can_be_gone_on_with_or_removed(
            String where, Mishap mishap, Reason reason, String saying) {
        played.azure.mishap(where, mishap);
        MachineFailure failure = catchThrowableOfType(MachineFailure.class, () -> machines.create(wanted("vm-1")));
        assertThat(failure).hasMessageContaining(saying);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
        machines.deleteAll();
        assertThat(played.azure.there()).isEmpty();
    }

    static Stream<Mishap> whatPasses() {
        return Stream.of(
                Mishap.tooMany(),
                Mishap.broken(),
                new Mishap.Slow(20),
                new Mishap.LongAddress(),
                new Mishap.AnswerLost(),
                Mishap.refused(409, "AnotherOperationInProgress", "Another operation is in progress."));
    }

    @ParameterizedTest
    @MethodSource("whatPasses")
    void what_passes_is_waited_for(Mishap mishap) {
        played.azure.mishap(VM, mishap);
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
    }

    @Test
    void an_identity_that_is_not_known_everywhere_yet_is_waited_for() {
        for (int i = 0; i < 3; i++) {
            played.azure.mishap(
                    "PUT roleAssignments/",
                    Mishap.refused(400, "PrincipalNotFound", "Principal does not exist in the directory."));
        }
        assertThat(machines.create(wanted("vm-1")).state()).isEqualTo(MachineState.RUNNING);
    }

    @Test
    void an_identity_that_stays_unknown_is_told() {
        for (int i = 0; i < 300; i++) {
            played.azure.mishap(
                    "PUT roleAssignments/",
                    Mishap.refused(400, "PrincipalNotFound", "Principal does not exist in the directory."));
        }
        assertThat(catchThrowableOfType(
                        MachineFailure.class, () -> played.impatient().create(wanted("vm-1"))))
                .hasMessageContaining("An identity that was just made is not known everywhere yet");
    }

    @Test
    void a_role_that_nobody_made_is_asked_for() {
        played.azure.subscription().forgetRoles();
        assertThat(catchThrowableOfType(MachineFailure.class, () -> machines.create(wanted("vm-1"))))
                .hasMessage(
                        "There is no role \"Gantry Lifecycle Manager\" in the subscription. Make it once: az role definition create --role-definition @docs/azure-role.json; or name another one (azure.role).");
    }

    @Test
    void a_disk_still_held_is_waited_for() {
        machines.create(wanted("vm-1"));
        played.azure.mishap(
                "DELETE networkInterfaces/vm-1-nic",
                Mishap.refused(400, "NicReservedForAnotherVm", "Nic is reserved for 180 seconds."));
        machines.delete("vm-1");
        assertThat(played.azure.there()).noneMatch(id -> id.contains("/vm-1"));
    }
}
