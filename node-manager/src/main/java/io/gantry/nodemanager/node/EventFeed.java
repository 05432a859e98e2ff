package io.gantry.nodemanager.node;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import io.gantry.contract.InstanceId;
import io.gantry.remote.Labels;
import io.gantry.remote.Unreachable;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An engine's stream of events, turned into cues. */
final class EventFeed implements ResultCallback<Event> {
    private static final int STARTS_WITHIN_SECONDS = 30;
    private static final String NO_EXIT_CODE = "0";
    /** Of the container, among the attributes of an event. */
    private static final String NAME = "name";

    private final Containers containers;
    private final BlockingQueue<Cue> cues;
    private final CompletableFuture<Closeable> stream = new CompletableFuture<>();

    private EventFeed(Containers containers, BlockingQueue<Cue> cues) {
        this.containers = containers;
        this.cues = cues;
    }

    /** Whatever happens after this has returned is told. */
    static EventFeed open(Containers containers, BlockingQueue<Cue> cues) throws InterruptedException {
        EventFeed feed = new EventFeed(containers, cues);
        containers
                .engine()
                .docker()
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter("start", "die", "oom", "destroy", "pause")
                .withLabelFilter(Map.of(Labels.FLEET, containers.fleet()))
                .exec(feed);
        feed.awaitStart();
        return feed;
    }

    private void awaitStart() throws InterruptedException {
        try {
            stream.get(STARTS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof Unreachable why ? why : noEvents(refused);
        } catch (TimeoutException tooLate) {
            throw noEvents(tooLate);
        }
    }

    private IllegalStateException noEvents(Exception failure) {
        return new IllegalStateException("it tells no events", failure);
    }

    @Override
    public void onStart(Closeable opened) {
        stream.complete(opened);
    }

    @Override
    public void onNext(Event event) {
        Map<String, String> attributes = attributesOf(event);
        InstanceId instance = containers.idIn(attributes);
        if (instance != null && instance.value().equals(attributes.get(NAME))) {
            cues.add(cue(event.getAction(), instance, attributes));
        }
    }

    private static Cue cue(@Nullable String action, InstanceId instance, Map<String, String> attributes) {
        return switch (action) {
            case "die" -> new Cue.Ended(instance, Integer.parseInt(attributes.getOrDefault("exitCode", NO_EXIT_CODE)));
            case "oom" -> new Cue.OutOfMemory(instance);
            case "pause" -> new Cue.LookAround();
            case null, default -> new Cue.Look(instance);
        };
    }

    @Override
    public void onError(Throwable failure) {
        stream.completeExceptionally(failure);
        cues.add(new Cue.Silence(Objects.requireNonNullElse(failure.getMessage(), failure.toString())));
    }

    @Override
    public void onComplete() {
        cues.add(new Cue.Silence("the engine ended its stream of events"));
    }

    @Override
    public void close() {
        try {
            if (stream.isDone() && !stream.isCompletedExceptionally()) {
                stream.join().close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Closing the events of " + containers.engine(), failure);
        }
    }

    private static Map<String, String> attributesOf(Event event) {
        EventActor actor = event.getActor();
        Map<String, String> attributes = actor == null ? null : actor.getAttributes();
        return attributes == null ? Map.of() : attributes;
    }
}
