package io.gantry.scheduler.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gantry.scheduler.live.EventStreams.Next;
import io.gantry.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LiveTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String SUBJECT = "deployment";

    private HikariDataSource connections;
    private JdbcClient jdbc;
    private Changes changes;

    @BeforeEach
    void listen() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.url());
        config.setUsername(DATABASE.user());
        config.setPassword(DATABASE.password());
        config.setMaximumPoolSize(3);
        connections = new HikariDataSource(config);
        jdbc = JdbcClient.create(connections);
        changes = new Changes(connections, jdbc);
        changes.start();
        await().until(() -> used() == 1);
    }

    @AfterEach
    void close() {
        changes.stop();
        await().until(() -> used() == 0);
        connections.close();
    }

    @Test
    void stopped_and_started_again_at_once_one_listens_and_not_two() {
        changes.stop();
        changes.start();

        await().during(Duration.ofMillis(500)).until(() -> used() == 1);
    }

    @Test
    void the_connection_goes_back_to_the_pool_without_its_subscription() {
        changes.stop();
        await().until(() -> used() == 0);

        assertThat(jdbc.sql("select pg_listening_channels()")
                        .query(String.class)
                        .list())
                .isEmpty();
    }

    @Test
    void news_that_nobody_announced_are_found_at_the_next_heartbeat() {
        var asked = new AtomicInteger();
        var streams = new EventStreams(changes, new LiveSettings(Duration.ofMillis(20)));

        streams.open(List.of(SUBJECT), _ -> asked.incrementAndGet() < 3 ? Next.MORE : Next.NOTHING);

        await().until(() -> asked.get() == 3);
    }

    private int used() {
        return connections.getHikariPoolMXBean().getActiveConnections();
    }
}
