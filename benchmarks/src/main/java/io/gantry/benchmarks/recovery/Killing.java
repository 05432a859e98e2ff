package io.gantry.benchmarks.recovery;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.engine.Since;
import io.gantry.benchmarks.engine.Start;
import io.gantry.benchmarks.engine.Starts;
import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Beside;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.processes.Asked;
import java.time.Duration;
import java.time.InstantSource;

/** Kills one side's containers, and keeps when the next one started. */
final class Killing {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(2);
    private static final String LOOPBACK = "127.0.0.1";

    private final DockerClient docker;
    private final Starts starts;
    private final InstantSource clock;
    private final Beside toStart = new Beside();

    Killing(DockerClient docker, Starts starts, InstantSource clock) {
        this.docker = docker;
        this.starts = starts;
        this.clock = clock;
    }

    /** What is done by hand as soon as the container has ended. */
    @FunctionalInterface
    interface Then {
        void act();
    }

    /** When it was killed, and when the service answered again. */
    record Fault(Since killed, double millisToStart, double millisToAnswer) {}

    Fault kill(Victim victim) throws Exception {
        return kill(victim, () -> {});
    }

    /** Only after the next start the port is asked: an answer is none of the one that dies. */
    Fault kill(Victim victim, Then then) throws Exception {
        Since killed = Since.now(clock);
        docker.killContainerCmd(victim.container()).withSignal("KILL").exec();
        then.act();
        Start next = starts.await(victim.start().and(start -> start.at().isAfter(killed.began())), PATIENCE);
        awaitAnswer(victim.port());
        Fault fault = new Fault(killed, killed.millisTo(next), killed.millisTo(clock.instant()));
        toStart.add(fault.millisToStart());
        return fault;
    }

    static void awaitAnswer(int port) throws Exception {
        Await.until("an answer at port " + port, PATIENCE, LOOKS_EVERY, () -> Asked.answers(LOOPBACK, port, "/"));
    }

    /** @param count of the last ones */
    Samples toStart(String name, long count) {
        return toStart.last(count, name, Unit.MILLISECONDS);
    }
}
