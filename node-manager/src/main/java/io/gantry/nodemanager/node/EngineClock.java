package io.gantry.nodemanager.node;

import com.github.dockerjava.api.model.Info;
import io.gantry.contract.NodeId;
import io.gantry.remote.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the clock of a node's engine is from the platform's. What an engine dates is in the engine's time; everybody else
 * compares it with the platform's.
 */
public final class EngineClock {
    private static final Logger log = LoggerFactory.getLogger(EngineClock.class);

    /** What is less is left: it harms nothing, and times that went to and fro would. */
    private static final Duration TOLERATED = Duration.ofSeconds(1);

    private final NodeId node;
    private final InstantSource clock;
    private volatile Duration ahead = Duration.ZERO;

    EngineClock(NodeId node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    /** What an engine says of itself. That tells its time too. */
    Info infoOf(Engine engine) {
        Instant asked = clock.instant();
        Info info = engine.docker().infoCmd().exec();
        Instant told = OffsetDateTime.parse(Objects.requireNonNull(info.getSystemTime()))
                .toInstant();
        heard(told, asked, clock.instant());
        return info;
    }

    void heard(Instant told, Instant asked, Instant answered) {
        Duration half = Duration.between(asked, answered).dividedBy(2);
        Duration seen = Duration.between(asked.plus(half), told);
        Duration explicable = TOLERATED.plus(half);
        if (seen.minus(ahead).abs().compareTo(explicable) > 0) {
            ahead = seen.abs().compareTo(explicable) > 0 ? seen : Duration.ZERO;
            log.warn("{}: {}", node, Objects.requireNonNullElse(problem(), "its clock is right again"));
        }
    }

    /** A sentence; null: it is right. */
    @Nullable
    String problem() {
        Duration wrong = ahead;
        return wrong.isZero()
                ? null
                : "its clock is %d s %s the platform's"
                        .formatted(
                                Math.round(wrong.abs().toMillis() / 1000.0),
                                wrong.isNegative() ? "behind" : "ahead of");
    }

    /** By the platform's clock, what the engine dated. */
    public Instant ours(Instant theirs) {
        return theirs.minus(ahead);
    }

    /** The other way round. */
    public Instant theirs(Instant ours) {
        return ours.plus(ahead);
    }
}
