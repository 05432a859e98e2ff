package io.gantry.azure;

import static io.gantry.azure.PlayedAzure.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineState;
import io.gantry.testkit.azure.Asked;
import io.gantry.testkit.azure.Mishap;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Azure is at is written down, and gone on with by whoever comes after. */
class OngoingTest {
    private PlayedAzure played;
    private Kept kept;
    private AzureMachines machines;

    private static final class Kept implements Ongoing {
        private final Map<String, URI> addresses = new HashMap<>();
        private final List<String> begun = new ArrayList<>();

        @Override
        public void begun(String machine, String what, URI address) {
            addresses.put(machine, address);
            begun.add(what);
        }

        @Override
        public Optional<URI> of(String machine) {
            return Optional.ofNullable(addresses.get(machine));
        }

        @Override
        public void ended(String machine) {
            addresses.remove(machine);
        }
    }

    @BeforeEach
    void begin(@TempDir Path folder) {
        played = new PlayedAzure(folder);
        kept = new Kept();
        machines = played.machines(kept);
    }

    @AfterEach
    void end() {
        played.close();
    }

    @Test
    void what_takes_long_is_written_down_as_long_as_it_takes() {
        machines.create(wanted("vm-1"));
        machines.stop("vm-1");
        machines.start("vm-1");
        assertThat(kept.begun).containsExactly("create vm-1", "stop vm-1", "start vm-1");
        assertThat(kept.addresses).isEmpty();
    }

    @Test
    void what_failed_is_over_too() {
        played.azure.mishap("PUT virtualMachines/vm-1", Mishap.failsLater("AllocationFailed", "Allocation failed."));
        assertThatThrownBy(() -> machines.create(wanted("vm-1"))).isInstanceOf(MachineFailure.class);
        assertThat(kept.begun).containsExactly("create vm-1");
        assertThat(kept.addresses).isEmpty();
    }

    @Test
    void whoever_comes_after_asks_after_it_where_it_was_begun_and_then_looks() {
        machines.create(wanted("vm-1"));
        played.clients.compute().getVirtualMachines().beginDeallocate("gantry-sky", "vm-1");
        kept.begun("vm-1", "stop vm-1", played.clients.heard().address("vm-1").orElseThrow());

        assertThat(machines.start("vm-1").state()).isEqualTo(MachineState.RUNNING);

        assertThat(asked("POST vm-1/start"))
                .as("It was off by then, and not before")
                .isOne();
        assertThat(kept.addresses).isEmpty();
    }

    @Test
    void an_address_of_4_KB_is_kept_and_asked() {
        machines.create(wanted("vm-1"));
        played.azure.mishap("POST vm-1/deallocate", new Mishap.LongAddress());
        played.clients.compute().getVirtualMachines().beginDeallocate("gantry-sky", "vm-1");
        URI address = played.clients.heard().address("vm-1").orElseThrow();
        assertThat(address.toString()).hasSizeGreaterThan(3900);
        kept.begun("vm-1", "stop vm-1", address);

        assertThat(machines.start("vm-1").state()).isEqualTo(MachineState.RUNNING);
        assertThat(asked("POST vm-1/start")).isOne();
    }

    @Test
    void what_azure_has_forgotten_is_over() {
        machines.create(wanted("vm-1"));
        kept.begun("vm-1", "stop vm-1", played.azure.endpoint().resolve("operations/none?api-version=2025-04-01"));
        assertThat(machines.start("vm-1").state()).isEqualTo(MachineState.RUNNING);
        assertThat(kept.addresses).isEmpty();
    }

    private long asked(String what) {
        return played.azure.requests().stream()
                .map(Asked::what)
                .filter(what::equals)
                .count();
    }
}
