package io.gantry.loadbalancer.placement;

import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a node. Whole numbers, so that what is taken and given back a million times adds up to nothing.
 *
 * @param milliCpus thousandths of a core
 * @param memory in bytes
 */
public record Share(long milliCpus, long memory) {
    public static final Share NOTHING = new Share(0, 0);

    public static Share of(Resources resources) {
        return of(resources.cpus(), resources.memory());
    }

    static Share of(double cpus, Memory memory) {
        return new Share(Math.round(cpus * 1000), memory.bytes());
    }

    public Share plus(Share other) {
        return new Share(milliCpus + other.milliCpus, memory + other.memory);
    }

    /** What either of them fits in. */
    public Share orMore(Share other) {
        return new Share(Math.max(milliCpus, other.milliCpus), Math.max(memory, other.memory));
    }

    boolean fitsIn(Share free) {
        return milliCpus <= free.milliCpus && memory <= free.memory;
    }

    /** What is missing, with the figures. */
    String shortageIn(Share free, Share whole) {
        List<String> missing = new ArrayList<>();
        if (milliCpus > free.milliCpus) {
            missing.add("%s cpus are needed, %s of %s are free"
                    .formatted(cpus(milliCpus), cpus(free.milliCpus), cpus(whole.milliCpus)));
        }
        if (memory > free.memory) {
            missing.add("%s memory is needed, %s of %s is free"
                    .formatted(bytes(memory), bytes(free.memory), bytes(whole.memory)));
        }
        return String.join("; ", missing);
    }

    /** {@code 0.5 cpus and 256Mi}. */
    @Override
    public String toString() {
        return cpus(milliCpus) + " cpus and " + bytes(memory);
    }

    private static String cpus(long milliCpus) {
        return BigDecimal.valueOf(milliCpus, 3).stripTrailingZeros().toPlainString();
    }

    /** An overcommitted node has less than nothing left. */
    private static String bytes(long bytes) {
        return bytes < 0 ? "-" + new Memory(-bytes) : new Memory(bytes).toString();
    }
}
