package io.gantry.scheduler.deployment;

import io.gantry.scheduler.live.EventStreams;
import io.gantry.scheduler.live.EventStreams.Next;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells the lines of a build as they come. An event's id says where to go on: attempt and next line. */
final class BuildLogEvents implements EventStreams.Source {
    private static final Pattern ID = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");

    private final Lines lines;
    private final Supplier<Next> next;
    private int attempt;
    private int nextLine;

    /** Where the lines come from. */
    interface Lines {
        List<BuildLogs.Chunk> after(int attempt, int firstLine);
    }

    /** @param next what may come after the lines that are there by now */
    BuildLogEvents(@Nullable String lastEventId, Lines lines, Supplier<Next> next) {
        this.lines = lines;
        this.next = next;
        Matcher seen = ID.matcher(lastEventId == null ? "" : lastEventId);
        if (seen.matches()) {
            attempt = Integer.parseInt(seen.group(1));
            nextLine = Integer.parseInt(seen.group(2));
        }
    }

    @Override
    public Next tell(SseEmitter reader) throws IOException {
        Next afterwards = next.get();
        for (BuildLogs.Chunk chunk : lines.after(attempt, nextLine)) {
            attempt = chunk.attempt();
            nextLine = chunk.nextLine();
            reader.send(SseEmitter.event()
                    .id("%d-%d".formatted(attempt, nextLine))
                    .name("log")
                    .data(asEventData(chunk.lines()), MediaType.TEXT_PLAIN));
        }
        return afterwards;
    }

    /** A reader takes one space away from the beginning of each line, and a carriage return for its end. */
    private static String asEventData(List<String> lines) {
        return lines.stream().map(line -> " " + line.replace("\r", "")).collect(Collectors.joining("\n"));
    }
}
