package io.gantry.bootstrapper.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> openedAfter = Collections.synchronizedList(new ArrayList<>());

    @Test
    void a_connection_that_ends_is_taken_up_after_the_last_event() throws InterruptedException {
        try (EventFeed feed = feed("retry: 1\nid: 1\ndata: one\n\n", "id: 2\ndata: two\n\n")) {
            assertThat(feed.next(PATIENCE)).contains(new ServerEvent("1", "message", "one"));
            assertThat(feed.next(PATIENCE)).contains(new ServerEvent("2", "message", "two"));
            assertThat(openedAfter).startsWith("", "1");
        }
    }

    @Test
    void an_event_that_was_cut_is_dropped() throws InterruptedException {
        try (EventFeed feed = feed("retry: 1\nid: 1\ndata: one\n\ndata: tw", "id: 2\ndata: two\n\n")) {
            assertThat(feed.next(PATIENCE)).map(ServerEvent::data).contains("one");
            assertThat(feed.next(PATIENCE)).map(ServerEvent::data).contains("two");
        }
    }

    @Test
    void that_the_service_has_ended_the_stream_is_known_and_all_that_it_said_is_there() throws InterruptedException {
        try (EventFeed feed = feed("retry: 60000\nid: 1\ndata: one\n\n")) {
            await().until(feed::hasEnded);
            assertThat(feed.next(Duration.ZERO)).map(ServerEvent::data).contains("one");
        }
    }

    @Test
    void patience_ends() throws InterruptedException {
        try (EventFeed feed = feed("retry: 60000\n\n")) {
            assertThat(feed.next(Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void a_problem_ends_the_feed() throws InterruptedException {
        try (EventFeed feed = feed()) {
            assertThatThrownBy(() -> feed.next(PATIENCE))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("GONE: It is gone.");
        }
    }

    @Test
    void a_service_that_stays_away_ends_the_feed() throws InterruptedException {
        try (EventFeed feed = feed("retry: 1\n\n", "broken")) {
            assertThatThrownBy(() -> feed.next(PATIENCE)).isInstanceOf(UnreachableException.class);
        }
    }

    /** Plays one stream a connection; {@code broken} for ever; after the last a problem. */
    private EventFeed feed(String... streams) {
        return new EventFeed(new EventFeed.Connection() {
                    private int next;

                    @Override
                    public InputStream open(String lastEventId) throws IOException {
                        openedAfter.add(lastEventId);
                        if (next == streams.length) {
                            throw new RefusedException(new Problem(410, "GONE", null, "It is gone.", null));
                        }
                        if (streams[next].equals("broken")) {
                            throw new IOException("connection reset");
                        }
                        return new ByteArrayInputStream(streams[next++].getBytes(StandardCharsets.UTF_8));
                    }

                    @Override
                    public UnreachableException unreachable(IOException cause) {
                        return UnreachableException.at(
                                PlatformService.SCHEDULER, List.of(URI.create("http://127.0.0.1:7071")), cause);
                    }
                })
                .start();
    }
}
