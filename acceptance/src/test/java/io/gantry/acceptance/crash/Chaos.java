package io.gantry.acceptance.crash;

import io.gantry.acceptance.crash.Choices.Disturbance;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Kills, freezes and pauses parts of a platform, as chance will have it, one after the other. */
final class Chaos {
    private static final List<String> BACKING = List.of("kafka", "postgres");
    private static final long NANOS = 1_000_000;

    private final CrashingPlatform platform;
    private final Choices choices;

    Chaos(CrashingPlatform platform, Choices choices) {
        this.platform = platform;
        this.choices = choices;
    }

    /** @return how many there were */
    int disturbUntil(long end) throws IOException, InterruptedException {
        List<String> processes =
                platform.processes().stream().map(ServiceProcess::name).toList();
        int disturbances = 0;
        while (System.nanoTime() < end) {
            Disturbance next = choices.disturbance(processes, BACKING);
            System.out.println("chaos: " + next);
            strike(next);
            disturbances++;
            LockSupport.parkNanos(next.pauseMillis() * NANOS);
        }
        return disturbances;
    }

    private void strike(Disturbance next) throws IOException, InterruptedException {
        switch (next.kind()) {
            case KILL -> process(next).kill();
            case FREEZE -> {
                process(next).freeze();
                LockSupport.parkNanos(next.lastsMillis() * NANOS);
                process(next).thaw();
            }
            case PAUSE -> {
                platform.backing("pause", next.part());
                LockSupport.parkNanos(next.lastsMillis() * NANOS);
                platform.backing("unpause", next.part());
            }
        }
    }

    private ServiceProcess process(Disturbance disturbance) {
        return platform.processes().stream()
                .filter(process -> process.name().equals(disturbance.part()))
                .findFirst()
                .orElseThrow();
    }
}
