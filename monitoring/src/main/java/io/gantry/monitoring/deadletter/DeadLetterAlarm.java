package io.gantry.monitoring.deadletter;

import io.gantry.monitoring.alert.Alert;
import io.gantry.monitoring.alert.Alerts;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells people of letters that they don't know of: once each time that there are more, however many monitors look. */
@Component
class DeadLetterAlarm {
    private final Marks marks;
    private final Replays replays;
    private final Alerts alerts;
    private final InstantSource clock;

    DeadLetterAlarm(Marks marks, Replays replays, Alerts alerts, InstantSource clock) {
        this.marks = marks;
        this.replays = replays;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Transactional
    public void raise(Growth growth) {
        Letter newest = growth.newest();
        long unseen = growth.count() - replays.count(newest.id(), growth.after());
        if (marks.advance(Mark.of(newest)) && unseen > 0) {
            String topic = newest.topic();
            alerts.raise(Alert.deadLetters(clock.instant(), message(topic, unseen), topic, unseen));
        }
    }

    private static String message(String topic, long count) {
        return "Messages of %s that could not be handled, and that nobody has seen: %d. Which, and why: gantry dlt list --topic %s"
                .formatted(topic, count, topic);
    }
}
