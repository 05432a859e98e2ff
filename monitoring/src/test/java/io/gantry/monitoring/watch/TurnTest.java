package io.gantry.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.messaging.Tokens;
import io.gantry.testkit.TestDatabase;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two monitors with one database. */
class TurnTest {
    private final JdbcClient jdbc = connect();
    private final Turn one = turn();
    private final Turn other = turn();

    private static JdbcClient connect() {
        TestDatabase made = TestDatabase.create();
        return JdbcClient.create(new DriverManagerDataSource(made.url(), made.user(), made.password()));
    }

    private Turn turn() {
        return new Turn(jdbc, new Tokens(new SecureRandom()));
    }

    @BeforeEach
    void makeTheTable() {
        jdbc.sql("create table watcher (one boolean primary key default true, holder text, until timestamptz)")
                .update();
    }

    /** As if the database's clock had gone on by so much. */
    private void pass(String interval) {
        jdbc.sql("update watcher set until = until - ?::interval")
                .param(interval)
                .update();
    }

    @Test
    void it_stays_with_who_renews_it() {
        assertThat(one.take()).isTrue();
        assertThat(other.take()).isFalse();
        for (int renewal = 0; renewal < 3; renewal++) {
            pass("2 seconds");
            assertThat(one.take()).isTrue();
        }
        assertThat(other.take()).isFalse();
    }

    @Test
    void it_is_anothers_after_its_end() {
        one.take();
        pass("6 seconds");
        assertThat(other.take()).isTrue();
        assertThat(one.take()).isFalse();
    }

    @Test
    void it_is_anothers_after_the_databases_clock_was_set_back_by_an_hour() {
        one.take();
        pass("-1 hour");
        assertThat(other.take()).isTrue();
        assertThat(one.take()).isFalse();
    }
}
