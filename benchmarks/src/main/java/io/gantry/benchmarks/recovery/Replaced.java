package io.gantry.benchmarks.recovery;

import io.gantry.benchmarks.engine.Recipe;
import io.gantry.benchmarks.engine.Swarm;
import io.gantry.benchmarks.processes.Ports;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service of Docker Swarm: another container takes the place of the one that died. */
record Replaced(Swarm swarm, String name, int port, Killing killing) {
    /** @param delay none: as Swarm has it */
    static Replaced in(Swarm swarm, String name, Recipe recipe, @Nullable Duration delay, Killing killing)
            throws Exception {
        int port = Ports.free();
        swarm.createHealed(name, recipe, port, delay);
        Killing.awaitAnswer(port);
        return new Replaced(swarm, name, port, killing);
    }

    double measure() throws Exception {
        Victim victim = new Victim(swarm.container(name), port, Swarm.startOf(name));
        return killing.kill(victim).millisToAnswer();
    }
}
