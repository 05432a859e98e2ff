package io.gantry.bootstrapper.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of one resource, in order. A connection that ends is taken up again after the last event that arrived; only
 * a service that stays away is an error.
 */
public final class EventFeed implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int TRIES = 30;

    private final Connection connection;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean ended;

    /** How the resource is opened. */
    interface Connection {
        /**
         * @param lastEventId where to go on from; empty: from the beginning
         * @throws RefusedException if the service answers with a problem
         */
        InputStream open(String lastEventId) throws IOException, InterruptedException;

        UnreachableException unreachable(IOException cause);
    }

    private sealed interface Item {
        record Arrived(ServerEvent event) implements Item {}

        record GaveUp(RuntimeException why) implements Item {}
    }

    EventFeed(Connection connection) {
        this.connection = connection;
        this.reader = Thread.ofVirtual().name("events").unstarted(this::read);
    }

    EventFeed start() {
        reader.start();
        return this;
    }

    /**
     * The next event, or none if the patience ends first.
     *
     * @throws RefusedException if the service answers with a problem
     * @throws UnreachableException if the service has stayed away for a while
     */
    public Optional<ServerEvent> next(Duration patience) throws InterruptedException {
        return switch (items.poll(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            case null -> Optional.empty();
            case Item.Arrived(var event) -> Optional.of(event);
            case Item.GaveUp(var why) -> throw why;
        };
    }

    /** Whether the service has ended the stream, and nothing has come since: what it has said is to be had without patience. */
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        closed.countDown();
        reader.interrupt();
    }

    private void read() {
        try {
            readUntilClosed();
        } catch (RefusedException | UnreachableException why) {
            items.add(new Item.GaveUp(why));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void readUntilClosed() throws InterruptedException {
        var parser = new EventParser("", FIRST_RETRY);
        int failures = 0;
        do {
            parser = new EventParser(parser.lastId(), parser.retry());
            try {
                failures = readOnce(parser) > 0 ? 0 : failures;
                ended = true;
            } catch (IOException broken) {
                if (++failures == TRIES) {
                    throw connection.unreachable(broken);
                }
            }
        } while (!closed.await(parser.retry().toMillis(), TimeUnit.MILLISECONDS));
    }

    private int readOnce(EventParser parser) throws IOException, InterruptedException {
        int arrived = 0;
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.open(parser.lastId()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<ServerEvent> event = parser.line(line);
                if (event.isPresent()) {
                    ended = false;
                    items.add(new Item.Arrived(event.get()));
                    arrived++;
                }
            }
        }
        return arrived;
    }
}
