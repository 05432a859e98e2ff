package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.GROUP;
import static io.gantry.azure.PlayedAzure.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineSize;
import io.gantry.machines.MachineState;
import io.gantry.machines.WantedMachine;
import io.gantry.testkit.azure.Asked;
import io.gantry.testkit.azure.Mishap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A machine that is to be larger: it is, or runs as it was and Azure's reason is told. */
class ResizingTest {
    private static final String PATCH = "PATCH virtualMachines/vm-1";
    private static final String FORMER = "Standard_D2as_v5";
    private static final String LARGER = "Standard_D4as_v5";
    private static final Fleet LARGER_FLEET = PlayedAzure.fleetWith(LARGER);
    private static final WantedMachine WANTED =
            new WantedMachine("vm-1", new MachineSize(4, Memory.parse("16Gi")), Map.of("disk.io/kind", "ssd"));
    private static final Mishap NOT_HERE = Mishap.refused(
            409,
            "OperationNotAllowed",
            "Unable to resize the VM vm-1 because the requested size Standard_D4as_v5 is not available in the current hardware cluster.");

    private PlayedAzure played;
    private AzureMachines machines;

    @BeforeEach
    void begin(@TempDir Path folder) {
        played = new PlayedAzure(folder);
        played.machines().create(wanted("vm-1"));
        machines = played.machines(LARGER_FLEET);
    }

    @AfterEach
    void end() {
        played.close();
    }

    @Test
    void only_one_that_is_there_and_of_another_size_differs() {
        Machine there = machines.find("vm-1").orElseThrow();
        assertThat(there.sizeName()).isEqualTo(FORMER);
        assertThat(played.machines().differs(there, wanted("vm-1"))).isFalse();
        assertThat(machines.differs(there, WANTED)).isTrue();
    }

    @Test
    void it_is_resized_where_it_is() {
        Machine resized = machines.resize(WANTED);

        assertThat(resized.state()).isEqualTo(MachineState.RUNNING);
        assertThat(resized.sizeName()).isEqualTo(LARGER);
        assertThat(resized.size()).isEqualTo(WANTED.size());
        assertThat(resized.labels()).isEqualTo(WANTED.labels());
        assertThat(machines.differs(resized, WANTED)).isFalse();
        assertThat(asked()).contains(PATCH).doesNotContain("POST vm-1/deallocate");
    }

    @Test
    void one_that_is_as_large_already_is_left_alone() {
        machines.resize(WANTED);
        List<String> before = asked();
        machines.resize(WANTED);
        assertThat(asked().subList(before.size(), asked().size())).allMatch(what -> what.startsWith("GET "));
    }

    @Test
    void it_is_given_back_only_where_azure_has_no_such_size_in_its_place() {
        played.azure.mishap(PATCH, NOT_HERE);

        Machine resized = machines.resize(WANTED);

        assertThat(resized.state()).isEqualTo(MachineState.RUNNING);
        assertThat(resized.sizeName()).isEqualTo(LARGER);
        assertThat(changes()).containsExactly(PATCH, "POST vm-1/deallocate", PATCH, "POST vm-1/start", PATCH);
    }

    @Test
    void one_that_is_off_is_on_afterwards() {
        machines.stop("vm-1");
        assertThat(machines.resize(WANTED).state()).isEqualTo(MachineState.RUNNING);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        Mishap.refused(409, "SkuNotAvailable", "The requested size is currently not available."),
                        Reason.PROVIDER_REFUSED,
                        "Take another size (machines[].azure.size)"),
                Arguments.of(
                        Mishap.refused(409, "QuotaExceeded", "Operation results in exceeding quota limits of Core."),
                        Reason.PROVIDER_REFUSED,
                        "Ask for a higher quota (portal: Quotas, westeurope), or take less: machines[].size in fleet.yaml."),
                Arguments.of(
                        Mishap.failsLater("AllocationFailed", "Allocation failed."),
                        Reason.PROVIDER_BUSY,
                        "There is no room for this size in westeurope just now"),
                Arguments.of(
                        Mishap.refused(
                                409,
                                "OperationNotAllowed",
                                "Unable to resize the VM since changing from resource disk to non-resource disk VM size and vice-versa is not allowed."),
                        Reason.PROVIDER_REFUSED,
                        "Sizes with a temporary disk and those without do not become each other"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_azure_refuses_leaves_it_running_as_it_was(Mishap refusal, Reason reason, String saying) {
        played.azure.mishap(PATCH, refusal);

        MachineFailure failure = failure();

        assertThat(failure)
                .hasMessageStartingWith("Azure could not resize vm-1 to Standard_D4as_v5: ")
                .hasMessageContaining(saying)
                .hasMessageEndingWith(" vm-1 stays Standard_D2as_v5.");
        assertThat(failure.reason()).isEqualTo(reason);
        assertThatItRunsAsItWas();
        assertThat(changes()).containsExactly(PATCH);
    }

    @Test
    void one_for_which_there_is_no_room_when_it_is_started_becomes_what_it_was() {
        played.azure.mishap(PATCH, NOT_HERE);
        played.azure.mishap("POST vm-1/start", Mishap.failsLater("AllocationFailed", "Allocation failed."));

        assertThat(failure()).hasMessageContaining("There is no room").hasMessageEndingWith("stays Standard_D2as_v5.");

        assertThatItRunsAsItWas();
    }

    @Test
    void one_that_finds_no_room_as_what_it_was_either_is_told_and_is_what_it_was_when_there_is() {
        played.azure.mishap(PATCH, NOT_HERE);
        played.azure.mishap("POST vm-1/start", Mishap.failsLater("AllocationFailed", "Allocation failed."));
        played.azure.mishap("POST vm-1/start", Mishap.failsLater("AllocationFailed", "Allocation failed."));

        assertThat(failure()).hasMessageContaining("And it is not what it was again, Standard_D2as_v5: ");

        machines.start("vm-1");
        assertThatItRunsAsItWas();
    }

    @Test
    void whoever_died_in_the_middle_is_followed_by_one_that_ends_it() {
        dieOnTheWay();

        assertThat(machines.find("vm-1").orElseThrow().sizeName()).isNull();
        assertThat(machines.resize(WANTED).sizeName()).isEqualTo(LARGER);
    }

    @Test
    void whoever_died_in_the_middle_is_followed_by_one_that_knows_the_way_back() {
        dieOnTheWay();
        played.azure.mishap("POST vm-1/start", Mishap.failsLater("AllocationFailed", "Allocation failed."));

        assertThat(failure()).hasMessageEndingWith("stays Standard_D2as_v5.");

        assertThatItRunsAsItWas();
    }

    /** As whoever was killed after it had been given back, and told its size, leaves it. */
    private void dieOnTheWay() {
        machines.stop("vm-1");
        VirtualMachineInner vm = played.clients.compute().getVirtualMachines().getByResourceGroup("gantry-sky", "vm-1");
        played.clients
                .compute()
                .getVirtualMachines()
                .update("gantry-sky", "vm-1", Blueprint.resized(LARGER, Tags.withSizeBefore(vm.tags(), FORMER)));
    }

    @Test
    void a_size_that_is_not_to_be_had_is_found_beforehand() {
        played.azure.subscription().offer(FORMER, "westeurope", List.of("1"), false);
        assertThat(machines.obstacles(List.of(WANTED)))
                .containsExactly(
                        "machines[vm-1].azure.size: your subscription gets no Standard_D4as_v5 in westeurope; take another size or location");
    }

    @Test
    void of_the_quota_only_what_is_more_than_before_counts() {
        played.azure.subscription().offer(LARGER, "westeurope", List.of("1"), false);
        played.azure.subscription().quota("standardDASv5Family", 8, 10);
        assertThat(machines.obstacles(List.of(WANTED))).isEmpty();
        played.azure.subscription().quota("standardDASv5Family", 9, 10);
        assertThat(machines.obstacles(List.of(WANTED)))
                .singleElement()
                .asString()
                .startsWith("machines[].size: this takes 2 more of your quota standardDASv5Family");
    }

    @Test
    void what_is_not_ours_is_not_resized() {
        played.azure.vanish("virtualMachines/vm-1");
        played.azure.plant(
                GROUP + "/providers/Microsoft.Compute/virtualMachines/vm-1",
                JsonMapper.shared().readTree("{\"location\":\"westeurope\",\"properties\":{}}"));
        assertThat(failure().reason()).isEqualTo(Reason.NO_SUCH_MACHINE);
    }

    private MachineFailure failure() {
        return catchThrowableOfType(MachineFailure.class, () -> machines.resize(WANTED));
    }

    private void assertThatItRunsAsItWas() {
        Machine there = machines.find("vm-1").orElseThrow();
        assertThat(there.state()).isEqualTo(MachineState.RUNNING);
        assertThat(there.sizeName()).isEqualTo(FORMER);
        assertThat(there.size()).isEqualTo(wanted("vm-1").size());
    }

    private List<String> asked() {
        return played.azure.requests().stream().map(Asked::what).toList();
    }

    /** But for those by which it was made. */
    private List<String> changes() {
        return asked().stream()
                .filter(what -> what.equals(PATCH) || what.startsWith("POST vm-1/"))
                .filter(what -> !what.endsWith("/runCommand"))
                .toList();
    }
}
