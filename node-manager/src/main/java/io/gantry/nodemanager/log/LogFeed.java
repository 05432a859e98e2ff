package io.gantry.nodemanager.log;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.gantry.contract.registry.Instance;
import io.gantry.nodemanager.node.EngineClock;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One instance's log on its way from the engine. It is read no faster than it is taken: who reads slowly makes the
 * engine wait.
 */
final class LogFeed implements ResultCallback<Frame> {
    private final Instance instance;
    private final EngineClock clock;
    private final BlockingQueue<LogItem> items;
    private final LineReader out = new LineReader();
    private final LineReader err = new LineReader();
    private final CompletableFuture<Closeable> stream = new CompletableFuture<>();
    private final LogPlaces.Place place;
    private boolean failed;

    /** @param place is given back when the engine has told all, or is not listened to any more */
    LogFeed(Instance instance, EngineClock clock, BlockingQueue<LogItem> items, LogPlaces.Place place) {
        this.instance = instance;
        this.clock = clock;
        this.items = items;
        this.place = place;
    }

    /** Completed when the engine begins to answer; exceptionally if it refuses. */
    CompletableFuture<Closeable> started() {
        return stream;
    }

    @Override
    public void onStart(Closeable opened) {
        stream.complete(opened);
    }

    @Override
    public void onNext(Frame frame) {
        if (frame.getStreamType() == StreamType.STDERR) {
            put(err.take(frame.getPayload()), LogLine.Source.ERR);
        } else {
            put(out.take(frame.getPayload()), LogLine.Source.OUT);
        }
    }

    @Override
    public void onError(Throwable failure) {
        failed = true;
        place.close();
        if (!stream.completeExceptionally(failure)) {
            end(String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void onComplete() {
        place.close();
        if (!failed) {
            end(null);
        }
    }

    private void end(@Nullable String problem) {
        put(out.end(), LogLine.Source.OUT);
        put(err.end(), LogLine.Source.ERR);
        put(new LogItem.End(instance.id(), problem));
    }

    private void put(Optional<LineReader.Line> line, LogLine.Source source) {
        line.ifPresent(read -> put(new LogItem.Line(new LogLine(
                instance.id(), instance.service(), clock.ours(read.at()), source, SafeText.of(read.text())))));
    }

    private void put(LogItem item) {
        try {
            items.put(item);
        } catch (InterruptedException nobodyTakesIt) {
            Thread.currentThread().interrupt();
        }
    }

    /** At once, or as soon as it has been opened. */
    @Override
    public void close() {
        place.close();
        var _ = stream.thenAccept(LogFeed::close);
    }

    private static void close(Closeable stream) {
        try {
            stream.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("Closing a log", failure);
        }
    }
}
