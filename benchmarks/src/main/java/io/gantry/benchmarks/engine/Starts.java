package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The engine's own stream of events: every start of a container from now on. */
public final class Starts implements AutoCloseable {
    private final List<Start> seen = new ArrayList<>();
    private final ResultCallback<Event> stream;

    private Starts(DockerClient docker, Instant since) {
        this.stream = docker.eventsCmd()
                .withSince(Long.toString(since.getEpochSecond()))
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter("start")
                .exec(new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(Event event) {
                        add(event);
                    }
                });
    }

    public static Starts watch(DockerClient docker, Instant now) {
        return new Starts(docker, now);
    }

    private synchronized void add(Event event) {
        EventActor actor = Objects.requireNonNull(event.getActor());
        long nanos = Objects.requireNonNull(event.getTimeNano());
        seen.add(new Start(
                Objects.requireNonNull(actor.getId()),
                Instant.ofEpochSecond(0, nanos),
                Objects.requireNonNullElse(actor.getAttributes(), Map.of())));
        notifyAll();
    }

    /** Those seen so far. */
    public synchronized List<Start> matching(Predicate<Start> wanted) {
        return seen.stream().filter(wanted).toList();
    }

    /** @return the first ones of that many, once they have been seen */
    public synchronized List<Start> await(int count, Predicate<Start> wanted, Duration patience)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Start> found = matching(wanted);
        while (found.size() < count) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new TimeoutException("The engine told of %d starts, not of %d, within %d s"
                        .formatted(found.size(), count, patience.toSeconds()));
            }
            wait(left);
            found = matching(wanted);
        }
        return found.subList(0, count);
    }

    public Start await(Predicate<Start> wanted, Duration patience) throws InterruptedException, TimeoutException {
        return await(1, wanted, patience).getFirst();
    }

    /** The stream has no end of its own: cutting it is the way, whatever the transport says to that. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException | UncheckedIOException cut) {
            // As wanted.
        }
    }
}
