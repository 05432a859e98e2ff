package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Instance;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What some instances have written so far, merged by time. However long it is, only the next line of each is held. */
final class History implements AutoCloseable {
    private static final int AHEAD = 64;
    private static final int PATIENCE_SECONDS = 60;

    private final LogRange range;
    private final List<Part> parts = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();

    private record Part(InstanceId instance, LogFeed feed, BlockingQueue<LogItem> items) {}

    private record Missing(InstanceId instance, String sentence) {}

    private record Next(LogLine line, Part part) {}

    private History(LogRange range) {
        this.range = range;
    }

    /** @throws LogUnavailable if it can't be read */
    static History of(InstanceLogs logs, Instance instance, LogRange range)
            throws LogUnavailable, InterruptedException {
        History history = new History(range);
        history.add(logs, instance);
        return history;
    }

    /** Of all that can be read; of the others it is told why not. */
    static History of(InstanceLogs logs, List<Instance> instances, LogRange range) throws InterruptedException {
        History history = new History(range);
        for (Instance instance : instances) {
            try {
                history.add(logs, instance);
            } catch (LogUnavailable why) {
                history.missing.add(new Missing(instance.id(), String.valueOf(why.getMessage())));
            } catch (InterruptedException left) {
                history.close();
                throw left;
            }
        }
        return history;
    }

    private void add(InstanceLogs logs, Instance instance) throws LogUnavailable, InterruptedException {
        var items = new ArrayBlockingQueue<LogItem>(AHEAD);
        parts.add(new Part(instance.id(), logs.history(instance, range, items), items));
    }

    /** @return when each instance wrote the last line that was shown */
    Map<InstanceId, Instant> show(LogSink sink) throws IOException, InterruptedException {
        for (Missing part : missing) {
            sink.problem(part.instance(), part.sentence());
        }
        var next =
                new PriorityQueue<Next>(Comparator.comparing(each -> each.line().at()));
        for (Part part : parts) {
            advance(part, next, sink);
        }
        Map<InstanceId, Instant> shown = new HashMap<>();
        while (!next.isEmpty()) {
            Next first = next.remove();
            sink.line(first.line());
            shown.put(first.line().instance(), first.line().at());
            advance(first.part(), next, sink);
        }
        return shown;
    }

    private void advance(Part part, PriorityQueue<Next> next, LogSink sink) throws IOException, InterruptedException {
        LogItem item = part.items().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        switch (item) {
            case null -> sink.problem(part.instance(), "Its engine fell silent in the middle of the log.");
            case LogItem.Line(var line) when range.includes(line.at()) -> next.add(new Next(line, part));
            case LogItem.Line _ -> advance(part, next, sink);
            case LogItem.End(var instance, var problem) -> {
                if (problem != null) {
                    sink.problem(instance, "Its log broke off: " + problem);
                }
            }
        }
    }

    @Override
    public void close() {
        parts.forEach(part -> part.feed().close());
    }
}
