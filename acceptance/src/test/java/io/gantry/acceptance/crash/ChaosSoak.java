package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Some developers at work for some minutes, while parts of the platform are killed, frozen and paused by chance: two of each
 * service, so that one can go on. Not among all tests, as it takes {@code -Dgantry.chaos.minutes=N}, 10 by itself. The seed is said;
 * with {@code -Dgantry.chaos.seed=S} the same choices are made again.
 */
class ChaosSoak {
    private static final int APPS = Integer.getInteger("gantry.chaos.apps", 4);

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void whatever_happens_nothing_is_lost_and_nothing_doubled() throws Exception {
        long seed = Long.getLong("gantry.chaos.seed", System.nanoTime() % 1_000_000);
        Duration lasts = Duration.ofMinutes(Long.getLong("gantry.chaos.minutes", 10));
        System.out.printf("chaos: seed %d for %s%n", seed, lasts);
        try (CrashingPlatform platform = CrashingPlatform.start(CrashingPlatform.SERVICES);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Diary diary = new Diary();
            long end = System.nanoTime() + lasts.toNanos();
            List<Future<Integer>> work = new ArrayList<>();
            for (int app = 0; app < APPS; app++) {
                var busy = new BusyDeveloper(new Developer(platform, "chaos" + app, diary), Choices.ofApp(seed, app));
                work.add(threads.submit(() -> busy.workUntil(end)));
            }
            var chaos = new Chaos(platform, Choices.ofDisturbances(seed));
            Future<Integer> disturbances = threads.submit(() -> chaos.disturbUntil(end));
            int acts = 0;
            for (Future<Integer> each : work) {
                acts += each.get();
            }
            System.out.printf(
                    "chaos: seed %d, %d acts, %d disturbances, starts: %s%n",
                    seed, acts, disturbances.get(), platform.starts());
            assertThat(new Recovery(platform).violations(diary.history(), world -> world))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }
}
