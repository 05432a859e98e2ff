package io.gantry.monitoring.deadletter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When which letter was replayed last. Known by its time too: in a Kafka that was made anew, places begin again. */
@Component
class Replays {
    private final JdbcClient jdbc;

    private record Replay(String letter, OffsetDateTime failedAt, OffsetDateTime replayedAt) {
        boolean isOf(Letter other) {
            return failedAt.toInstant().equals(other.failedAt());
        }
    }

    Replays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void note(Letter letter, Instant now) {
        jdbc.sql("""
                        insert into replay (letter, failed_at, replayed_at) values (?, ?, ?)
                        on conflict (letter, failed_at) do update set replayed_at = excluded.replayed_at""")
                .params(
                        letter.id().toString(),
                        letter.failedAt().atOffset(ZoneOffset.UTC),
                        now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** How many were replayed of those that lie where this one does and were set aside after that. */
    long count(LetterId one, Instant after) {
        return jdbc.sql("select count(*) from replay where starts_with(letter, ?) and failed_at > ?")
                .params(one.beginning(), after.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** The same letters, each with what is known of its replay. */
    List<Letter> mark(List<Letter> letters) {
        Map<String, List<Replay>> replays = jdbc
                .sql("select letter, failed_at, replayed_at from replay where letter = any (?)")
                .param(letters.stream().map(letter -> letter.id().toString()).toArray(String[]::new))
                .query(Replay.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Replay::letter));
        return letters.stream()
                .map(letter -> mark(letter, replays.getOrDefault(letter.id().toString(), List.of())))
                .toList();
    }

    private static Letter mark(Letter letter, List<Replay> replays) {
        return replays.stream()
                .filter(replay -> replay.isOf(letter))
                .findFirst()
                .map(replay -> letter.replayed(replay.replayedAt().toInstant()))
                .orElse(letter);
    }
}
