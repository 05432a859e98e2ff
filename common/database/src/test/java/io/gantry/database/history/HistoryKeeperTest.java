package io.gantry.database.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.testkit.SettableClock;
import io.gantry.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class HistoryKeeperTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final History EVENTS = History.of("events", "event", "number", "over_at");
    private static final History NONSENSE =
            new History("nonsense", "delete from nowhere where at < :limit limit :most");

    private final SettableClock clock = new SettableClock(NOW);
    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HistoryAutoConfiguration.class));
    private final JdbcClient jdbc = database();

    private static JdbcClient database() {
        TestDatabase database = TestDatabase.create();
        return JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));
    }

    @BeforeEach
    void an_event_an_hour() {
        jdbc.sql("create table event (number int, over_at timestamptz)").update();
        jdbc.sql("""
                        insert into event
                        select number, timestamptz '2026-06-01T00:00:00Z' - number * interval '1 hour'
                        from generate_series(0, 4799) number""").update();
    }

    private void forget(History... histories) {
        new HistoryKeeper(
                        jdbc, clock, new HistorySettings(Duration.ofDays(90), Duration.ofHours(1)), List.of(histories))
                .forgetOld();
    }

    private int events() {
        return jdbc.sql("select count(*) from event").query(Integer.class).single();
    }

    @Test
    void what_was_over_before_is_forgotten_however_much_it_is_and_the_rest_stays() {
        forget(EVENTS);
        assertThat(events()).isEqualTo(90 * 24 + 1);
        clock.advance(Duration.ofDays(1));
        forget(EVENTS);
        assertThat(events()).isEqualTo(89 * 24 + 1);
    }

    @Test
    void what_can_not_be_forgotten_does_not_keep_the_rest() {
        forget(NONSENSE, EVENTS);
        assertThat(events()).isEqualTo(90 * 24 + 1);
    }

    @Test
    void a_service_without_history_has_no_keeper_and_one_with_it_has() {
        service.run(context -> assertThat(context).doesNotHaveBean(HistoryKeeper.class));
        service.withBean(JdbcClient.class, () -> jdbc)
                .withBean(InstantSource.class, () -> clock)
                .withBean(History.class, () -> EVENTS)
                .run(context -> assertThat(context).hasSingleBean(HistoryKeeper.class));
    }
}
