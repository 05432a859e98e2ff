package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.woven.Crash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The harness itself: the same as at the end of {@link CrashMatrixIT}, but the product has no inbox. */
class WithoutInboxIT {
    @Test
    void the_checker_goes_red_without_the_inbox() throws Exception {
        try (CrashingPlatform platform = CrashingPlatform.start(List.of(), Crash.INBOX)) {
            Diary diary = new Diary();
            var developer = new Developer(platform, "stopped", diary);
            Story.STOP.prepare(developer);
            Story.STOP.tell(developer);
            assertThat(violations(platform, diary)).as("before").isEmpty();

            new Repeater(platform).sayEverythingAgain();

            assertThat(violations(platform, diary)).extracting(Violation::rule).contains("I3");
        }
    }

    private static List<Violation> violations(CrashingPlatform platform, Diary diary) throws Exception {
        return new Recovery(platform).violations(diary.history(), world -> world);
    }
}
