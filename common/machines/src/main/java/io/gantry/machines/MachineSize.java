package io.gantry.machines;

import io.gantry.contract.manifest.Memory;

/**
 * How large a machine is to be. A provider with sizes of its own takes the smallest that has as much.
 *
 * @param cpus cores
 */
public record MachineSize(double cpus, Memory memory) {
    public MachineSize {
        if (!(cpus > 0 && cpus <= 1024)) {
            throw new IllegalArgumentException("A machine has more than 0 and at most 1024 cores, not " + cpus);
        }
        if (memory.bytes() < Memory.mebibytes(256).bytes()) {
            throw new IllegalArgumentException("A machine has at least 256Mi of memory, not " + memory);
        }
    }
}
