package io.gantry.contract.topic;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue of topics.
 *
 * @param key what the messages are keyed by, in words
 * @param family the type every message of the topic is read as
 * @param producers and
 * @param consumers names of services
 */
public record Topic(
        String name, String key, Class<?> family, List<String> producers, List<String> consumers, Retention retention) {
    /** How long a topic keeps messages. */
    public enum Retention {
        /** A week: longer than any outage that is to be survived. */
        WEEK(Duration.ofDays(7)),
        /** An hour: only the newest matter. */
        HOUR(Duration.ofHours(1)),
        /** The newest for each key, for ever; no value: the key is gone. */
        COMPACTED(null);

        private final @Nullable Duration time;

        Retention(@Nullable Duration time) {
            this.time = time;
        }

        /** None: for ever. */
        public Optional<Duration> time() {
            return Optional.ofNullable(time);
        }
    }

    /** Where messages go that can't be read or handled. */
    public String deadLetters() {
        return name + Topics.DEAD_LETTER_SUFFIX;
    }
}
