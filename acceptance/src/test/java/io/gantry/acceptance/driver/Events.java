package io.gantry.acceptance.driver;

import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Server-sent events, as they come. */
public final class Events implements AutoCloseable {
    private final Stream<String> lines;
    private final List<Event> received = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    public record Event(@Nullable String id, String name, String data) {
        public <T> T as(Class<T> type) {
            return Rest.JSON.readValue(data, type);
        }
    }

    private Events(Stream<String> lines) {
        this.lines = lines;
    }

    static Events of(URI uri, String... headers) {
        var allHeaders = Stream.concat(Stream.of("Accept", "text/event-stream"), Stream.of(headers))
                .toArray(String[]::new);
        var response = Rest.open(uri, BodyHandlers.ofLines(), allHeaders);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    "%s: %s".formatted(response, response.body().toList()));
        }
        var events = new Events(response.body());
        Thread.ofVirtual().name("events of " + uri).start(events::read);
        return events;
    }

    public List<Event> received() {
        return List.copyOf(received);
    }

    public Event last() {
        return received.getLast();
    }

    /** Whether the platform has closed the stream, as it does when nothing more can come. */
    public boolean ended() {
        return ended;
    }

    private void read() {
        var parser = new Parser();
        try {
            lines.forEach(parser::line);
        } catch (RuntimeException closedByTheTest) {
            return;
        }
        ended = true;
    }

    @Override
    public void close() {
        lines.close();
    }

    private final class Parser {
        private @Nullable String id;
        private String name = "message";
        private final StringBuilder data = new StringBuilder();

        void line(String line) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (field) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                case "" -> end(line);
                default -> {}
            }
        }

        private void end(String line) {
            if (line.isEmpty() && !data.isEmpty()) {
                received.add(new Event(id, name, data.toString()));
                name = "message";
                data.setLength(0);
            }
        }
    }
}
