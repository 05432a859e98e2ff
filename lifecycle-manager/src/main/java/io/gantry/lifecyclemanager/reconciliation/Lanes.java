package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.lease.Ticker;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One step at a time on a machine, and a rest for what failed. */
final class Lanes {
    private final Ticker ticker;
    private final Map<String, Object> busy = new ConcurrentHashMap<>();
    private final Map<Object, Failed> failed = new ConcurrentHashMap<>();

    Lanes(Ticker ticker) {
        this.ticker = ticker;
    }

    private record Failed(int tries, long restsUntil, String why) {}

    /** @return false if the machine is busy, or the work rests; otherwise the machine is busy until {@link #done} */
    boolean enter(String machine, Object work) {
        Failed before = failed.get(work);
        boolean rests = before != null && ticker.nanos() - before.restsUntil() < 0;
        return !rests && busy.putIfAbsent(machine, work) == null;
    }

    void done(String machine, Object work) {
        failed.remove(work);
        busy.remove(machine, work);
    }

    void failed(String machine, Object work, String why) {
        failed.compute(work, (_, before) -> {
            int tries = before == null ? 1 : before.tries() + 1;
            return new Failed(tries, ticker.nanos() + Backoff.after(tries).toNanos(), why);
        });
        busy.remove(machine, work);
    }

    /** Why something rests, and how often it was tried. */
    Optional<String> failure(Object work) {
        return Optional.ofNullable(failed.get(work))
                .map(failure -> "%s (tried %d times)".formatted(failure.why(), failure.tries()));
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    Set<String> busyMachines() {
        return Set.copyOf(busy.keySet());
    }

    /** What is planned no more has failed for the last time. */
    void keep(Collection<? extends Object> planned) {
        failed.keySet().removeIf(work -> !planned.contains(work) && !busy.containsValue(work));
    }
}
