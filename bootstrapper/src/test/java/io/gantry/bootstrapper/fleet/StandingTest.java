package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.storage.BlobStoreUnavailable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final RuntimeException STORAGE_GONE =
            new BlobStoreUnavailable("store", "code", new IOException("refused"));
    private static final RuntimeException REGISTRY_GONE =
            new MachineFailure(Reason.COMMAND_FAILED, "The engine on vm-1 could not push: refused");

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<String> history = new ArrayList<>();
    private final Standing standing = new Standing(() -> history.add("waited"), history::add);

    @Test
    void what_succeeds_is_done_once_and_waits_for_nothing() {
        standing.run(this::work);

        assertThat(history).containsExactly("worked");
    }

    @Test
    void the_work_is_done_again_once_the_service_answers() {
        failures.add(STORAGE_GONE);
        failures.add(REGISTRY_GONE);

        standing.run(this::work);

        assertThat(history)
                .containsExactly(
                        "worked",
                        "Can't store the blob code: refused",
                        "waited",
                        "worked",
                        "The engine on vm-1 could not push: refused",
                        "waited",
                        "worked");
    }

    @Test
    void what_fails_though_the_service_answers_is_not_done_for_ever() {
        failures.addAll(List.of(REGISTRY_GONE, REGISTRY_GONE, REGISTRY_GONE));

        assertThatThrownBy(() -> standing.run(this::work)).isSameAs(REGISTRY_GONE);

        assertThat(history).filteredOn("worked"::equals).hasSize(3);
    }

    @Test
    void a_service_that_does_not_come_back_is_named() {
        failures.add(STORAGE_GONE);
        var gone = new GaveUpException(ExitCode.TIMED_OUT, "blob-storage does not answer", "Read its log");

        assertThatThrownBy(() -> new Standing(
                                () -> {
                                    throw gone;
                                },
                                history::add)
                        .run(this::work))
                .isSameAs(gone);
    }

    @Test
    void a_machine_that_is_gone_is_told_at_once() {
        var gone = new MachineFailure(Reason.SSH_REFUSED, "vm-1 is away");
        failures.add(gone);

        assertThatThrownBy(() -> standing.run(this::work)).isSameAs(gone);

        assertThat(history).containsExactly("worked");
    }

    private void work() {
        history.add("worked");
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }
}
