package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.Failpoints.Armed;
import io.gantry.acceptance.crash.woven.Strike;
import java.time.Duration;
import java.util.Optional;

/** An app whose story is told while a process is struck at one point. */
final class Case {
    /** When the story has been told, what nobody waits for may still be under way. */
    private static final Duration TO_BE_STRUCK = Duration.ofMinutes(1);

    /** What another case has struck at that very moment may have gone another way. */
    private static final int TRIES = 3;

    private final CrashingPlatform platform;
    private final String name;
    private final Diary diary;

    Case(CrashingPlatform platform, String name, Diary diary) {
        this.platform = platform;
        this.name = name;
        this.diary = diary;
    }

    /** @return nothing: it has gone well if it returns */
    Void of(Point point) throws Exception {
        int tries = 1;
        while (!isStruck(point, new Developer(platform, name, diary))) {
            assertThat(tries++).as("Nobody got there: %s", point).isLessThan(TRIES);
        }
        return null;
    }

    private boolean isStruck(Point point, Developer developer) throws Exception {
        String app = developer.app().name();
        point.story().prepare(developer);
        Armed armed = platform.failpoints().arm(point.strike(app));
        Optional<Long> struck;
        try {
            point.story().tell(developer);
            struck = armed.strikeWithin(TO_BE_STRUCK);
        } finally {
            armed.disarm();
        }
        if (struck.isPresent() && point.how() == Strike.How.FREEZE) {
            // All is over without it; now it goes on with what it was about to do.
            platform.process(struck.get()).thaw();
        }
        assertThat(new Recovery(platform).violations(diary.history().of(app), world -> world.of(app)))
                .as("struck: %s", point)
                .isEmpty();
        leave(point, developer);
        return struck.isPresent();
    }

    private static void leave(Point point, Developer developer) {
        if (point.story() != Story.STOP) {
            assertThat(developer.answer()).contains("Hello");
            developer.stops();
        }
    }
}
