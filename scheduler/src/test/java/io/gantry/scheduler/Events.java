package io.gantry.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of server-sent events, read as a browser reads it, but not for ever. */
public final class Events implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Events(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    public record Event(String id, String name, String data) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(data);
        }
    }

    public int status() {
        return response.statusCode();
    }

    /** The next event; none when the stream has ended. Comments do not count: they only say that the stream lives. */
    public Optional<Event> next() {
        FutureTask<Optional<Event>> event = new FutureTask<>(this::read);
        Thread.ofVirtual().name("events").start(event);
        return assertThat(event)
                .as("the next event, or the end, of %s", response.uri())
                .succeedsWithin(PATIENCE)
                .actual();
    }

    public List<Event> untilTheEnd() {
        List<Event> all = new ArrayList<>();
        for (Optional<Event> event = next(); event.isPresent(); event = next()) {
            all.add(event.get());
        }
        return all;
    }

    /** Not by way of the lines: whoever still waits for one would have to be waited for. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Optional<Event> read() throws IOException {
        String id = "";
        String name = "message";
        List<String> data = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = value(line);
            } else if (line.startsWith("event:")) {
                name = value(line);
            } else if (line.startsWith("data:")) {
                data.add(value(line));
            } else if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(new Event(id, name, String.join("\n", data)));
            }
        }
        return Optional.empty();
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
