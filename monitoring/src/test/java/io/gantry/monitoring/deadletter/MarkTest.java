package io.gantry.monitoring.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MarkTest {
    private static final Mark MARK = new Mark(new TopicPartition("node-manager.nodes.dlt", 0), 7, at(1000));

    @Test
    void what_comes_after_the_known_letter_is_unknown() {
        assertThat(MARK.next(new OffsetAndTimestamp(7, 1000))).isEqualTo(8);
    }

    @Test
    void letters_of_the_same_instant_that_lie_before_it_are_known() {
        assertThat(MARK.next(new OffsetAndTimestamp(5, 1000))).isEqualTo(8);
    }

    @Test
    void in_a_kafka_that_was_made_anew_everything_is_unknown() {
        assertThat(MARK.next(new OffsetAndTimestamp(0, 2000))).isZero();
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
