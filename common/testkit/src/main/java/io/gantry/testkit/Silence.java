package io.gantry.testkit;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Nothing is on its way between a service on an {@link EmbeddedPlatform} and its neighbours. For tests that begin anew where others
 * before them have said, or were answered, what they did not wait for.
 */
public record Silence(KafkaAdmin kafka, KafkaListenerEndpointRegistry registry, JdbcClient jdbc) {
    /** What was said may be answered, and the answer is said and heard, too. */
    public void await() {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            Patience.await().until(() -> isAllHeard(admin) && isAllSaid() && isAllHeard(admin));
        }
    }

    private boolean isAllSaid() {
        return jdbc.sql("select not exists (select from outbox where sent_at is null)")
                .query(Boolean.class)
                .single();
    }

    private boolean isAllHeard(Admin admin) throws InterruptedException, ExecutionException {
        List<MessageListenerContainer> listeners = List.copyOf(registry.getListenerContainers());
        Map<TopicPartition, Long> ends = ends(admin, listeners);
        for (MessageListenerContainer listener : listeners) {
            Map<TopicPartition, Long> heard = heard(admin, Objects.requireNonNull(listener.getGroupId()));
            if (topics(listener).anyMatch(topic -> heard.getOrDefault(topic, 0L) < ends.getOrDefault(topic, 0L))) {
                return false;
            }
        }
        return true;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<MessageListenerContainer> listeners)
            throws InterruptedException, ExecutionException {
        var asked = listeners.stream()
                .flatMap(Silence::topics)
                .distinct()
                .collect(toMap(Function.identity(), _ -> OffsetSpec.latest()));
        return admin.listOffsets(asked).all().get().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static Map<TopicPartition, Long> heard(Admin admin, String group)
            throws InterruptedException, ExecutionException {
        return admin
                .listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(group)
                .get()
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, heard -> heard.getValue().offset()));
    }

    /** Each has one partition there. */
    private static Stream<TopicPartition> topics(MessageListenerContainer listener) {
        String[] topics =
                Objects.requireNonNull(listener.getContainerProperties().getTopics());
        return Set.of(topics).stream().map(topic -> new TopicPartition(topic, 0));
    }
}
