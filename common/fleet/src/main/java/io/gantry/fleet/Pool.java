package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.placement.CapacityReport;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Machines that are there only while they are needed: workers, all alike. They are named after their pool, {@code burst-1}, and
 * carry its name as a label.
 *
 * @param min so many are there at least, and
 * @param max so many at the most
 * @param size of each; none: the provider's usual one
 * @param labels of each
 * @param azure of each; none: they are not Azure's
 * @param scaleUpAfter how long capacity has been short before one is added
 * @param coolDown how long after one has come or gone the pool stays as it is
 * @param idleFor how long nothing has run on one before it is removed
 */
@JsonInclude(Include.NON_NULL)
public record Pool(
        String name,
        int min,
        int max,
        @Nullable MachineSize size,
        Map<String, String> labels,
        @Nullable AzureMachine azure,
        TimeSpan scaleUpAfter,
        TimeSpan coolDown,
        TimeSpan idleFor) {
    public Pool {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** @param number from 1 */
    public Machine machine(int number) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(CapacityReport.POOL, name);
        return new Machine(name + "-" + number, MachineRole.WORKER, size, all, null, null, azure);
    }

    /** Whether a machine of that name is, or was, one of this pool's. */
    public boolean owns(String machine) {
        return machine.startsWith(name + "-")
                && machine.substring(name.length() + 1).matches("[1-9][0-9]*");
    }
}
