package io.gantry.scheduler.deployment;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerEvent.ServiceAdvanced;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a service's way.
 *
 * @param endedAt none while it lasts
 * @param detail what it waits for or works on, a sentence
 * @param tries how often it was begun, from 1; none where nobody has said so
 * @param by the deployers that worked on it, by their names, one after another
 */
public record Step(
        ServiceName service,
        ServiceState step,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String detail,
        @Nullable Integer tries,
        List<String> by) {
    /** Steps that were kept by an earlier Gantry name no deployer. */
    public Step(
            ServiceName service,
            ServiceState step,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String detail,
            @Nullable Integer tries,
            @Nullable List<String> by) {
        this.service = service;
        this.step = step;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.detail = detail;
        this.tries = tries;
        this.by = by == null ? List.of() : List.copyOf(by);
    }

    static Step begun(ServiceAdvanced advanced) {
        return new Step(
                advanced.service(),
                advanced.state(),
                advanced.at(),
                null,
                advanced.detail(),
                advanced.tries(),
                Stream.ofNullable(advanced.by()).toList());
    }

    boolean isOpen() {
        return endedAt == null;
    }

    Step endedAt(Instant end) {
        return isOpen() ? new Step(service, step, startedAt, end, detail, tries, by) : this;
    }

    /** It goes on; what is not said stays as it was. */
    Step on(ServiceAdvanced more) {
        return new Step(
                service,
                step,
                startedAt,
                endedAt,
                more.detail() == null ? detail : more.detail(),
                more.tries() == null ? tries : more.tries(),
                by(more.by()));
    }

    private List<String> by(@Nullable String deployer) {
        return deployer == null || (!by.isEmpty() && by.getLast().equals(deployer))
                ? by
                : Stream.concat(by.stream(), Stream.of(deployer)).toList();
    }
}
