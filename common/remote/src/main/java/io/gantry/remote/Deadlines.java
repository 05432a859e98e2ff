package io.gantry.remote;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Ends calls that an engine should answer at once and does not. Sockets of this machine know no timeouts themselves. */
final class Deadlines implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Calls whose answer begins when it pleases. */
    private static final Pattern PATIENT = Pattern.compile("(/v[0-9.]+)?"
            + "/(build|commit|events|images/(create|load|prune|get|.+/(push|get))|exec/.+/start|(containers|networks|volumes)/prune"
            + "|containers/.+/(logs|stats|wait|attach|stop|restart|export|archive))(\\?.*)?");

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("engine-deadlines").factory());

    /** Until it is closed, the call has its time; then {@code late} says that it had not enough. */
    Started start(HttpUriRequestBase call, AtomicBoolean late) {
        if (PATIENT.matcher(call.getRequestUri()).matches()) {
            return () -> {};
        }
        Future<?> end = clock.schedule(() -> cut(call, late), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return () -> end.cancel(false);
    }

    private static void cut(HttpUriRequestBase call, AtomicBoolean late) {
        late.set(true);
        call.abort();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** A call under way. */
    interface Started extends AutoCloseable {
        @Override
        void close();
    }
}
