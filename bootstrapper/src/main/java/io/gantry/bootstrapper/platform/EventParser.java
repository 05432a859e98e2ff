package io.gantry.bootstrapper.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads server-sent events line by line, as the HTML standard has it. */
final class EventParser {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private String lastId;
    private Duration retry;
    private String name = "";
    private final StringBuilder data = new StringBuilder();

    EventParser(String lastId, Duration retry) {
        this.lastId = lastId;
        this.retry = retry;
    }

    /** What to name in {@code Last-Event-ID} when the connection breaks. */
    String lastId() {
        return lastId;
    }

    /** How long to wait before connecting again. */
    Duration retry() {
        return retry;
    }

    /** The event that this line completes, if it does. */
    Optional<ServerEvent> line(String line) {
        if (line.isEmpty()) {
            return complete();
        }
        int colon = line.indexOf(':');
        if (colon != 0) {
            field(colon < 0 ? line : line.substring(0, colon), colon < 0 ? "" : value(line, colon));
        }
        return Optional.empty();
    }

    private static String value(String line, int colon) {
        String value = line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private void field(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> lastId = value.indexOf('\0') < 0 ? value : lastId;
            case "retry" -> retry = DIGITS.matcher(value).matches() ? Duration.ofMillis(Long.parseLong(value)) : retry;
            default -> {} // The standard: ignore what you do not know.
        }
    }

    private Optional<ServerEvent> complete() {
        Optional<ServerEvent> event = data.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerEvent(
                        lastId, name.isEmpty() ? "message" : name, data.substring(0, data.length() - 1)));
        name = "";
        data.setLength(0);
        return event;
    }
}
