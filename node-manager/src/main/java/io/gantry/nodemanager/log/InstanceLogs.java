package io.gantry.nodemanager.log;

import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.contract.registry.Instance;
import io.gantry.nodemanager.log.LogUnavailable.Reason;
import io.gantry.nodemanager.node.NodeEngines;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Opens logs on the engines of the nodes where instances run. */
@Component
class InstanceLogs {
    private static final int BEGINS_WITHIN_SECONDS = 30;

    private final NodeEngines engines;
    private final LogPlaces places;

    InstanceLogs(NodeEngines engines, LogPlaces places) {
        this.engines = engines;
        this.places = places;
    }

    /** What has been written so far. */
    LogFeed history(Instance instance, LogRange range, BlockingQueue<LogItem> items)
            throws LogUnavailable, InterruptedException {
        return open(instance, range, false, items);
    }

    /** What has been written and what will be. */
    LogFeed live(Instance instance, LogRange range, BlockingQueue<LogItem> items)
            throws LogUnavailable, InterruptedException {
        return open(instance, range, true, items);
    }

    private LogFeed open(Instance instance, LogRange range, boolean follow, BlockingQueue<LogItem> items)
            throws LogUnavailable, InterruptedException {
        LogPlaces.Place place = places.take(instance.node(), follow);
        LogFeed feed = new LogFeed(instance, engines.clockOf(instance.node()), items, place);
        try {
            command(instance, range).withFollowStream(follow).exec(feed);
            feed.started().get(BEGINS_WITHIN_SECONDS, TimeUnit.SECONDS);
            return feed;
        } catch (ExecutionException refused) {
            throw unavailable(instance, Objects.requireNonNullElse(refused.getCause(), refused));
        } catch (TimeoutException | RuntimeException failure) {
            feed.close();
            throw unavailable(instance, failure);
        } catch (InterruptedException left) {
            feed.close();
            throw left;
        }
    }

    private LogContainerCmd command(Instance instance, LogRange range) {
        LogContainerCmd command = engines.of(instance.node())
                .docker()
                .logContainerCmd(instance.id().value())
                .withStdOut(true)
                .withStdErr(true)
                .withTimestamps(true);
        if (range.after() != null) {
            Instant after = engines.clockOf(instance.node()).theirs(range.after());
            command.withSince(Math.toIntExact(after.getEpochSecond()));
        }
        return range.tail() == null ? command.withTailAll() : command.withTail(range.tail());
    }

    private static LogUnavailable unavailable(Instance instance, Throwable cause) {
        return cause instanceof NotFoundException
                ? new LogUnavailable(
                        "The container of %s is gone, and its log with it.".formatted(instance.id()),
                        Reason.GONE,
                        cause)
                : new LogUnavailable(
                        "The log of %s can't be read from %s: %s"
                                .formatted(instance.id(), instance.node(), cause.getMessage()),
                        Reason.AWAY,
                        cause);
    }
}
