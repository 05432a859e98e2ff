package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.Failpoints.Armed;
import io.gantry.acceptance.crash.woven.Strike;
import io.gantry.acceptance.driver.Gantry;
import java.io.IOException;
import java.time.Duration;

/** One app, whose story is told while a process is struck at one point. */
final class Case {
    private static final Duration TO_BE_STRUCK = Duration.ofMinutes(3);

    private final CrashingPlatform platform;
    private final Developer developer;
    private final Diary diary;

    Case(CrashingPlatform platform, Gantry gantry, String name, Diary diary) {
        this.platform = platform;
        this.developer = new Developer(gantry, name, diary);
        this.diary = diary;
    }

    /** @return nothing: it has gone well if it returns */
    Void of(Point point) throws Exception {
        String app = developer.app().name();
        point.story().prepare(developer);
        Armed armed = platform.failpoints().arm(point.strike(app));
        try {
            point.story().tell(developer);
            thawIfFrozen(armed.awaitStrike(TO_BE_STRUCK), point);
        } finally {
            armed.disarm();
        }
        assertThat(new Recovery(platform).violations(diary.history().of(app), world -> world.of(app)))
                .as("after the death of %s", point)
                .isEmpty();
        if (point.story() != Story.STOP) {
            assertThat(developer.answer()).contains("Hello");
        }
        return null;
    }

    /** All is over without it; now it goes on with what it was about to do. */
    private void thawIfFrozen(long process, Point point) throws IOException, InterruptedException {
        if (point.how() == Strike.How.FREEZE) {
            platform.process(process).thaw();
        }
    }
}
