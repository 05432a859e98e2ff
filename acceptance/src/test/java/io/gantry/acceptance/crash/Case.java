package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.Failpoints.Armed;
import io.gantry.acceptance.crash.woven.Strike;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** One app, whose story is told while a process is struck at one point. */
final class Case {
    private static final Duration TO_BE_STRUCK = Duration.ofMinutes(3);

    private final CrashingPlatform platform;
    private final Developer developer;
    private final Diary diary;

    Case(CrashingPlatform platform, String name, Diary diary) {
        this.platform = platform;
        this.developer = new Developer(platform, name, diary);
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
        assertThat(violations()).as("after the death of %s", point).isEmpty();
        if (point.story() != Story.STOP) {
            assertThat(developer.answer()).contains("Hello");
            developer.stops();
        }
        return null;
    }

    private List<Violation> violations() throws IOException, SQLException {
        String app = developer.app().name();
        return new Recovery(platform).violations(diary.history().of(app), world -> world.of(app));
    }

    /** All is over without it; now it goes on with what it was about to do. */
    private void thawIfFrozen(long process, Point point) throws IOException, InterruptedException {
        if (point.how() == Strike.How.FREEZE) {
            platform.process(process).thaw();
        }
    }
}
