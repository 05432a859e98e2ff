package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.lease.Ticker;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One work at a time on a machine, and a rest for what failed. */
final class Lanes {
    private final Ticker ticker;
    private final Map<String, Turn> busy = new ConcurrentHashMap<>();
    private final Map<Object, Failed> failed = new ConcurrentHashMap<>();

    Lanes(Ticker ticker) {
        this.ticker = ticker;
    }

    private record Failed(int tries, long restsUntil, String why) {}

    /** Being the one who works on a machine, until it ends, or another takes the machine. */
    final class Turn {
        private final String machine;
        private final Object work;
        private final Thread thread;

        private Turn(String machine, Object work, Consumer<Turn> doing) {
            this.machine = machine;
            this.work = work;
            this.thread = Thread.ofVirtual().name("step-", 0).unstarted(() -> doing.accept(this));
        }

        void done() {
            failed.remove(work);
            end();
        }

        void failed(String why) {
            failed.compute(work, (_, before) -> {
                int tries = before == null ? 1 : before.tries() + 1;
                return new Failed(tries, ticker.nanos() + Backoff.after(tries).toNanos(), why);
            });
            end();
        }

        /** There is nothing to say of the work. */
        void end() {
            busy.remove(machine, this);
        }
    }

    /** Begins a work, unless the machine is busy or the work rests. */
    boolean begin(String machine, Object work, Consumer<Turn> doing) {
        Failed before = failed.get(work);
        if (before != null && ticker.nanos() - before.restsUntil() < 0) {
            return false;
        }
        Turn turn = new Turn(machine, work, doing);
        if (busy.putIfAbsent(machine, turn) != null) {
            return false;
        }
        turn.thread.start();
        return true;
    }

    /**
     * What is under way there is void, unless it is this: the machine is off, or is to be. A machine that is resized is off for a
     * while; who does that has to end it.
     *
     * @return whether there was anything
     */
    boolean evict(String machine, Object work) {
        Turn turn = busy.get(machine);
        if (turn == null || turn.work.equals(work) || turn.work instanceof Step.ResizeMachine) {
            return false;
        }
        turn.thread.interrupt();
        turn.end();
        return true;
    }

    /** Why something rests, and how often it was tried. */
    Optional<String> failure(Object work) {
        return Optional.ofNullable(failed.get(work))
                .map(failure -> "%s (tried %d times)".formatted(failure.why(), failure.tries()));
    }

    Set<String> busyMachines() {
        return Set.copyOf(busy.keySet());
    }

    /** What is planned no more has failed for the last time. */
    void keep(Collection<? extends Object> planned) {
        failed.keySet().removeIf(work -> !planned.contains(work));
    }
}
