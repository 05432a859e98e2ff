package io.gantry.monitoring.deadletter;

import static java.util.stream.Collectors.toMap;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Up to where people know the letters of each topic. */
@Component
class Marks {
    private final JdbcClient jdbc;

    Marks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<TopicPartition, Mark> all() {
        return jdbc
                .sql("select * from letter_mark")
                .query((row, _) -> new Mark(
                        new TopicPartition(row.getString("topic"), row.getInt("place")),
                        row.getLong("letter"),
                        row.getObject("failed_at", OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .collect(toMap(Mark::place, Function.identity()));
    }

    /** @return false if people know of it already */
    boolean advance(Mark mark) {
        return jdbc.sql("""
                        insert into letter_mark (topic, place, letter, failed_at) values (?, ?, ?, ?)
                        on conflict (topic, place) do update set letter = excluded.letter, failed_at = excluded.failed_at
                        where (letter_mark.failed_at, letter_mark.letter) < (excluded.failed_at, excluded.letter)""")
                        .params(
                                mark.place().topic(),
                                mark.place().partition(),
                                mark.offset(),
                                mark.failedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** @param letters the newest first; what is older than one of them is known too */
    void seen(List<Letter> letters) {
        BinaryOperator<Mark> newest = (first, _) -> first;
        letters.stream()
                .map(Mark::of)
                .collect(toMap(Mark::place, Function.identity(), newest))
                .values()
                .forEach(this::advance);
    }
}
