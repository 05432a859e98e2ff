package io.gantry.nodemanager.usage;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Statistics;
import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Usage;
import io.gantry.remote.Engine;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance's measurements, as its engine pushes them. */
final class StatsFeed implements ResultCallback<Statistics> {
    private static final Logger log = LoggerFactory.getLogger(StatsFeed.class);

    private final RunningInstance instance;
    private @Nullable Closeable stream;
    private @Nullable Measurement last;
    private boolean closed;
    private volatile Usage.@Nullable OfInstance newest;
    private volatile boolean ended;

    private StatsFeed(RunningInstance instance) {
        this.instance = instance;
    }

    static StatsFeed open(Engine engine, RunningInstance instance) {
        StatsFeed feed = new StatsFeed(instance);
        engine.docker().statsCmd(instance.id().value()).exec(feed);
        return feed;
    }

    InstanceId instance() {
        return instance.id();
    }

    /** Nothing until two measurements have come. */
    Optional<Usage.OfInstance> newest() {
        return Optional.ofNullable(newest);
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public synchronized void onStart(Closeable opened) {
        stream = opened;
        if (closed) {
            close();
        }
    }

    @Override
    public void onNext(Statistics statistics) {
        Measurement.of(statistics).ifPresent(this::take);
    }

    private void take(Measurement now) {
        Measurement before = last;
        last = now;
        if (before != null) {
            now.coresSince(before).ifPresent(cores -> newest = instance.using(cores, now.memory()));
        }
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("The measurements of {} broke off", instance.id(), failure);
        ended = true;
    }

    @Override
    public void onComplete() {
        ended = true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Closing the measurements of " + instance.id(), failure);
        }
    }
}
