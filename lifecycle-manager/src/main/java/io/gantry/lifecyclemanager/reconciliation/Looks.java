package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.lease.Ticker;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at machines, one at a time for each. One that takes too long is not waited for again; what it sees in the end counts, unless
 * that is how the machine was: it was begun long ago, or before something was done there.
 */
final class Looks {
    private final Duration within;
    private final Duration lasts;
    private final Ticker ticker;
    private final ExecutorService threads;
    private final Map<String, Looking> underWay = new ConcurrentHashMap<>();

    private record Looking(Future<Sight> look, long begun) {}

    /**
     * @param within how long a look is waited for
     * @param lasts how long after its beginning what it sees counts
     */
    Looks(Duration within, Duration lasts, Ticker ticker, ExecutorService threads) {
        this.within = within;
        this.lasts = lasts;
        this.ticker = ticker;
        this.threads = threads;
    }

    /** @param asked by the names of machines; of others nothing is looked at on */
    Map<String, Sight> take(Map<String, Callable<Sight>> asked) {
        underWay.keySet().retainAll(asked.keySet());
        Map<String, Looking> looks = new HashMap<>();
        asked.forEach((machine, look) ->
                looks.put(machine, underWay.compute(machine, (_, before) -> isOver(before) ? begin(look) : before)));
        Map<String, Sight> sights = new HashMap<>();
        looks.forEach((machine, looking) -> sights.put(machine, await(machine, looking)));
        return sights;
    }

    private Looking begin(Callable<Sight> look) {
        return new Looking(threads.submit(look), ticker.nanos());
    }

    private boolean isOver(@Nullable Looking before) {
        return before == null || (before.look().isDone() && isOld(before));
    }

    private boolean isOld(Looking looking) {
        return ticker.nanos() - looking.begun() >= lasts.toNanos();
    }

    private Sight await(String machine, Looking looking) {
        long left = looking.begun() + within.toNanos() - ticker.nanos();
        try {
            Sight sight = looking.look().get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            underWay.remove(machine, looking);
            return left <= 0 && isOld(looking) ? late(machine) : sight;
        } catch (TimeoutException slow) {
            return late(machine);
        } catch (ExecutionException failed) {
            underWay.remove(machine, looking);
            return new Sight.Silent("%s can't be looked at: %s".formatted(machine, failed.getCause()), false, false);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new Sight.Silent("the lifecycle manager ends", false, false);
        }
    }

    private Sight late(String machine) {
        return new Sight.Silent("%s has not answered within %s".formatted(machine, within), false, false);
    }

    /** Something was done there: what was seen of it before is over. */
    void forget(String machine) {
        underWay.remove(machine);
    }

    void forget() {
        underWay.clear();
    }
}
