package io.gantry.lifecyclemanager.capacity;

import io.gantry.contract.placement.CapacityReport.Shortage;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.Pool;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A machine more of a pool, for what is short.
 *
 * @param machines that the pool has
 * @param changedAt when the last of them came or went
 */
record Remedy(Shortage shortage, Pool pool, int machines, Instant changedAt) {
    /** Why it is not to be had now, if so: a clause. */
    Optional<String> obstacle(Instant now) {
        if (!pool.machine(1).labels().entrySet().containsAll(shortage.labels().entrySet())) {
            return Optional.of("%s does not carry %s".formatted(pool.name(), labels()));
        }
        if (!fits()) {
            return Optional.of("a machine of %s is too small".formatted(pool.name()));
        }
        if (machines >= pool.max()) {
            return Optional.of("%s has its %d machines".formatted(pool.name(), machines));
        }
        if (shortage.since().plus(pool.scaleUpAfter().value()).isAfter(now)) {
            return Optional.of("%s waits %s before it adds a machine".formatted(pool.name(), pool.scaleUpAfter()));
        }
        if (changedAt.plus(pool.coolDown().value()).isAfter(now)) {
            return Optional.of("%s cools down for %s".formatted(pool.name(), pool.coolDown()));
        }
        return Optional.empty();
    }

    /** A sentence without its end. */
    String need() {
        return "%s waited since %s for a node with %s cpus and %s%s"
                .formatted(
                        who(),
                        shortage.since(),
                        BigDecimal.valueOf(shortage.cpus()).stripTrailingZeros().toPlainString(),
                        shortage.memory(),
                        shortage.labels().isEmpty() ? "" : " that carries " + labels());
    }

    private String who() {
        String services = shortage.services().stream()
                .map(service -> shortage.app() + "/" + service)
                .collect(Collectors.joining(", "));
        return shortage.instances() == 1
                ? "1 instance of %s has".formatted(services)
                : "%d instances of %s have".formatted(shortage.instances(), services);
    }

    private String labels() {
        return shortage.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private boolean fits() {
        MachineSize size = pool.size();
        return size == null
                || (shortage.cpus() <= size.cpus()
                        && shortage.memory().bytes() <= size.memory().bytes() - KnownMachine.RESERVE.bytes());
    }
}
