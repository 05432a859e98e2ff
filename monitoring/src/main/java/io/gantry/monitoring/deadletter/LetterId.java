package io.gantry.monitoring.deadletter;

import com.fasterxml.jackson.annotation.JsonValue;
import io.gantry.contract.topic.Topic;
import io.gantry.contract.topic.Topics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * Which dead letter: the topic that it was sent to, and where it lies among that topic's dead letters, as in
 * {@code deployer.commands-0-17}.
 */
record LetterId(Topic topic, int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("(?<topic>.+)-(?<partition>[0-9]{1,6})-(?<offset>[0-9]{1,18})");

    /** @throws IllegalArgumentException if this is the name of no dead letter that could be */
    public static LetterId valueOf(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a dead letter is named like " + Topics.DEPLOYER_COMMANDS + "-0-17");
        }
        return new LetterId(
                Topics.named(form.group("topic")),
                Integer.parseInt(form.group("partition")),
                Long.parseLong(form.group("offset")));
    }

    TopicPartition place() {
        return new TopicPartition(topic.deadLetters(), partition);
    }

    /** What the names of all letters begin with that lie where this one does. */
    String beginning() {
        return topic.name() + "-" + partition + "-";
    }

    @Override
    @JsonValue
    public String toString() {
        return beginning() + offset;
    }
}
