package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.woven.Crash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that was ever said is said once more, the last word first: the inbox passes it over. Without an inbox the checker goes red. */
class EveryMessageAgainIT {
    /** Those that are told once, not those whose newest message counts. */
    private static final List<String> TOPICS = List.of(
            "deployer.commands",
            "deployer.events",
            "load-balancer.placement-requests",
            "load-balancer.placement-replies",
            "node-manager.registry-commands",
            "node-manager.registry-events");

    @Test
    void what_is_said_again_changes_nothing() throws Exception {
        assertThat(violationsAfterAllWasSaidAgain("")).isEmpty();
    }

    @Test
    void the_checker_goes_red_without_the_inbox() throws Exception {
        assertThat(violationsAfterAllWasSaidAgain(Crash.INBOX)).isNotEmpty();
    }

    private static List<Violation> violationsAfterAllWasSaidAgain(String without) throws Exception {
        try (CrashingPlatform platform = CrashingPlatform.start(List.of(), without)) {
            Diary diary = new Diary();
            var stopped = new Developer(platform, "stopped", diary);
            Story.STOP.prepare(stopped);
            Story.STOP.tell(stopped);
            assertThat(new Recovery(platform).violations(diary.history(), world -> world))
                    .as("before")
                    .isEmpty();
            Repeater repeater = new Repeater(platform.kafka());
            for (String topic : TOPICS) {
                assertThat(repeater.sayAgain(topic)).as(topic).isPositive();
            }
            new Hearing(platform).awaitAllHeard(TOPICS);
            return new Recovery(platform).violations(diary.history(), world -> world);
        }
    }
}
