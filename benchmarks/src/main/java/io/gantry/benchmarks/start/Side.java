package io.gantry.benchmarks.start;

import io.gantry.benchmarks.measure.Beside;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;

/** One way of starting the service, again and again. */
final class Side {
    private final String name;
    private final Jvms jvms;
    private final Jvms.Variant variant;
    private final Beside cpu = new Beside();
    private final Beside memory = new Beside();

    Side(String name, Jvms jvms, Jvms.Variant variant) {
        this.name = name;
        this.jvms = jvms;
        this.variant = variant;
    }

    String name() {
        return name;
    }

    /** @return seconds until it is ready */
    double measure() throws Exception {
        Jvms.Started started = jvms.start(variant);
        cpu.add(started.cpuSeconds());
        memory.add(started.mebibytes());
        return started.seconds();
    }

    Samples cpu(long rounds) {
        return cpu.last(rounds, name + ": CPU time until ready", Unit.SECONDS);
    }

    Samples memory(long rounds) {
        return memory.last(rounds, name + ": resident when ready", Unit.MEBIBYTES);
    }
}
