package io.gantry.machines.docker;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineShell;
import io.gantry.remote.Executed;

/** What is free where the system's packages and the engine's images go. */
final class FreeDisk {
    private static final String LOOK = """
            for folder in /var/lib/docker /var/lib; do
              if [ -d "$folder" ]; then df -Pk "$folder" | tail -n 1; fi
            done""";
    private static final int AVAILABLE = 3;

    private FreeDisk() {}

    /** @return the least that is free in one of those places */
    static Memory require(MachineShell shell, Memory minimum) {
        Executed executed = shell.look(LOOK);
        if (!executed.succeeded() || executed.out().isBlank()) {
            throw shell.failed("say how much of its disk is free", executed);
        }
        Memory free = least(executed.out());
        if (free.bytes() < minimum.bytes()) {
            throw new MachineFailure(
                    MachineFailure.Reason.DISK_FULL,
                    "The disk of %s is full: %s free where Docker's images go, %s wanted. Free some space there, or give it a larger disk."
                            .formatted(shell.machine(), free, minimum));
        }
        return free;
    }

    /** @param df one line a place, in KiB: device, size, used, available */
    static Memory least(String df) {
        long kibibytes = df.lines()
                .map(line -> line.strip().split("\\s+", -1))
                .mapToLong(columns -> Long.parseLong(columns[AVAILABLE]))
                .min()
                .orElse(0);
        return Memory.mebibytes(kibibytes >> 10);
    }
}
