package io.gantry.monitoring.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One run of an instance, which is asked again and again, once at a time. */
final class HealthCheck {
    private final Instant startedAt;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile InstanceSighting seen = InstanceSighting.NONE;
    private @Nullable Duration begun;

    HealthCheck(Instant startedAt) {
        this.startedAt = startedAt;
    }

    /** What was started anew is judged anew. */
    boolean isOf(Listening instance) {
        return startedAt.equals(instance.running().told().startedAt());
    }

    InstanceSighting seen() {
        return seen;
    }

    /**
     * Called by the one thread that begins them.
     *
     * @return whether it is to be asked now; then it must {@link #end}
     */
    boolean begin(Pulse.Mark now, Duration pause) {
        boolean due = begun == null || now.lived().minus(begun).compareTo(pause) >= 0;
        if (!due || !underWay.compareAndSet(false, true)) {
            return false;
        }
        begun = now.lived();
        return true;
    }

    /** Called by the one thread that asks. */
    void hear(UnaryOperator<InstanceSighting> next) {
        seen = next.apply(seen);
    }

    void end() {
        underWay.set(false);
    }
}
