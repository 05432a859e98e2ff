package io.gantry.benchmarks.recovery;

import io.gantry.benchmarks.engine.PlainContainers;
import io.gantry.benchmarks.engine.Recipe;
import io.gantry.benchmarks.processes.Ports;

/** The same container, started again by hand as soon as it has ended. */
record StartedAgain(PlainContainers plain, Victim victim, Killing killing) {
    static StartedAgain on(PlainContainers plain, Recipe recipe, Killing killing) throws Exception {
        int port = Ports.free();
        String id = plain.createAndStartAt(port, recipe);
        Killing.awaitAnswer(port);
        Victim victim = new Victim(id, port, start -> start.container().equals(id));
        return new StartedAgain(plain, victim, killing);
    }

    double measure() throws Exception {
        return killing.kill(victim, () -> plain.startAgain(victim.container())).millisToAnswer();
    }
}
