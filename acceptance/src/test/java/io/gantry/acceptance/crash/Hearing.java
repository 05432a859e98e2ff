package io.gantry.acceptance.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far listeners have come, as the broker knows it. */
final class Hearing {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String kafka;

    Hearing(String kafka) {
        this.kafka = kafka;
    }

    /** Waits until each group that listens to one of the topics has heard all that was said on it. */
    void awaitAllHeard(Collection<String> topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            await("All listeners")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> hasAllBeenHeard(admin, topics));
        }
    }

    private static boolean hasAllBeenHeard(Admin admin, Collection<String> topics)
            throws InterruptedException, ExecutionException {
        List<String> groups = admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .toList();
        for (String group : groups) {
            Map<TopicPartition, OffsetAndMetadata> heard =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                            .filter(entry -> topics.contains(entry.getKey().topic()))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            var ends = admin.listOffsets(heard.keySet().stream()
                            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())))
                    .all()
                    .get();
            if (heard.entrySet().stream()
                    .anyMatch(entry ->
                            entry.getValue().offset() < ends.get(entry.getKey()).offset())) {
                return false;
            }
        }
        return true;
    }
}
