package io.gantry.monitoring.deadletter;

import static java.util.stream.Collectors.toMap;

import io.gantry.contract.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads dead letters where they lie, for one request: without a group, so that nothing is kept of what was read. To be closed.
 * Every call throws {@link org.apache.kafka.common.KafkaException} where Kafka does not answer.
 */
final class LetterReader implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int AT_A_TIME = 200;

    private final Consumer<String, byte[]> consumer;

    LetterReader(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Turns a stretch of letters, the oldest first, into those of them that are wanted. */
    interface Choice extends Function<List<Letter>, List<Letter>> {}

    /**
     * The newest of each topic that come after one that was shown; in no order.
     *
     * @param after none: from the newest on
     * @param most of each topic
     */
    List<Letter> newest(List<Topic> topics, @Nullable Letter after, int most, Choice choice) {
        List<TopicPartition> places = placesOf(topics);
        Map<TopicPartition, Long> limits = after == null ? Map.of() : limitsAfter(after, places);
        return stretches(places).stream()
                .map(all -> all.until(limits.getOrDefault(all.place(), Long.MAX_VALUE)))
                .flatMap(stretch -> newest(stretch, most, choice).stream())
                .toList();
    }

    private List<Letter> newest(Stretch all, int most, Choice choice) {
        List<Letter> found = new ArrayList<>();
        Stretch rest = all;
        while (!rest.isEmpty() && found.size() < most) {
            Stretch last = rest.last(AT_A_TIME);
            found.addAll(choice.apply(read(last, record -> Optional.of(Letter.of(Envelope.of(record))))));
            rest = rest.until(last.from());
        }
        return found;
    }

    /** Where there are letters after those that people know of. Of each place one letter is read. */
    List<Growth> growth(List<Topic> topics, Map<TopicPartition, Mark> known) {
        List<TopicPartition> places = placesOf(topics);
        Map<TopicPartition, Long> begins = beginsAfter(known, places);
        return stretches(places).stream()
                .map(all -> all.notBefore(begins.getOrDefault(all.place(), all.from())))
                .flatMap(unknown -> growth(unknown, known.get(unknown.place())).stream())
                .toList();
    }

    private Optional<Growth> growth(Stretch unknown, @Nullable Mark known) {
        Instant after = known == null ? Instant.EPOCH : known.failedAt();
        return read(unknown.last(1), record -> Optional.of(Letter.of(Envelope.of(record)))).stream()
                .findFirst()
                .map(newest -> new Growth(after, newest, unknown.size()));
    }

    private Map<TopicPartition, Long> beginsAfter(Map<TopicPartition, Mark> known, List<TopicPartition> places) {
        List<Mark> marks = known.values().stream()
                .filter(mark -> places.contains(mark.place()))
                .toList();
        var found = consumer.offsetsForTimes(
                marks.stream()
                        .collect(toMap(Mark::place, mark -> mark.failedAt().toEpochMilli())),
                ANSWER);
        return marks.stream().collect(toMap(Mark::place, mark -> mark.next(found.get(mark.place()))));
    }

    Optional<Envelope> find(LetterId id) {
        if (!placesOf(List.of(id.topic())).contains(id.place())) {
            return Optional.empty();
        }
        Stretch all = stretch(id.place());
        return all.holds(id.offset())
                ? read(all.onlyOne(id.offset()), record -> Optional.of(Envelope.of(record))).stream()
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Whether something else was said of the letter's key after it, on the topic that it was sent to. If so, compaction may have
     * removed both: a message that is not there any more was superseded.
     */
    boolean isSuperseded(Envelope letter) {
        var place = new TopicPartition(letter.topic().name(), letter.originalPartition());
        List<Boolean> ofItsKey = read(
                stretch(place).notBefore(letter.originalOffset()),
                other ->
                        Objects.equals(letter.key(), other.key()) ? Optional.of(letter.isIn(other)) : Optional.empty());
        return ofItsKey.isEmpty() || !ofItsKey.getLast();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> placesOf(List<Topic> topics) {
        var existing = consumer.listTopics(ANSWER);
        return topics.stream()
                .flatMap(topic -> existing.getOrDefault(topic.deadLetters(), List.of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private Stretch stretch(TopicPartition place) {
        return stretches(List.of(place)).getFirst();
    }

    private List<Stretch> stretches(List<TopicPartition> places) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(places, ANSWER);
        return consumer.endOffsets(places, ANSWER).entrySet().stream()
                .map(end -> new Stretch(end.getKey(), begins.getOrDefault(end.getKey(), 0L), end.getValue()))
                .toList();
    }

    /** Each topic's letters are in the order of time; what was set aside at the same instant, in the order of the topics. */
    private Map<TopicPartition, Long> limitsAfter(Letter shown, List<TopicPartition> places) {
        Map<TopicPartition, Long> instants =
                places.stream().collect(toMap(Function.identity(), place -> firstInstantAfter(shown, place)));
        Map<TopicPartition, Long> limits = new HashMap<>();
        consumer.offsetsForTimes(instants, ANSWER).forEach((place, found) -> putIfFound(limits, place, found));
        limits.put(shown.id().place(), shown.id().offset());
        return limits;
    }

    private static long firstInstantAfter(Letter shown, TopicPartition place) {
        long instant = shown.failedAt().toEpochMilli();
        return Letter.byName(place, shown.id().place()) < 0 ? instant : instant + 1;
    }

    private static void putIfFound(
            Map<TopicPartition, Long> limits, TopicPartition place, @Nullable OffsetAndTimestamp found) {
        if (found != null) {
            limits.put(place, found.offset());
        }
    }

    private <T> List<T> read(Stretch stretch, Function<ConsumerRecord<String, byte[]>, Optional<T>> as) {
        if (stretch.isEmpty()) {
            return List.of();
        }
        consumer.assign(List.of(stretch.place()));
        consumer.seek(stretch.place(), stretch.from());
        List<T> read = new ArrayList<>();
        for (long at = stretch.from(); stretch.holds(at); at = advanced(stretch.place(), at)) {
            consumer.poll(ANSWER).records(stretch.place()).stream()
                    .filter(record -> stretch.holds(record.offset()))
                    .map(as)
                    .flatMap(Optional::stream)
                    .forEach(read::add);
        }
        return read;
    }

    private long advanced(TopicPartition place, long before) {
        long now = consumer.position(place, ANSWER);
        if (now == before) {
            throw new TimeoutException("Kafka gave nothing of %s from offset %d on".formatted(place, before));
        }
        return now;
    }
}
