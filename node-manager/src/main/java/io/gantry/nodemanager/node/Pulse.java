package io.gantry.nodemanager.node;

import io.gantry.remote.Engine;
import io.gantry.remote.Greeting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Feels the pulse of a node's machine. An engine that does not answer says little: it may be restarting while all that it
 * started runs on. So when it is silent, the machine's SSH server is asked for its greeting; only where both are silent for
 * long is the node lost. Silence is counted in beats that were missed, not by the clock: while this process stands still,
 * nobody is silent.
 */
final class Pulse implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final Duration GREETS_WITHIN = Duration.ofSeconds(1);
    /**
     * Beats that are missed before the SSH server is asked. One that is well is so asked once a second while its engine is away, which it
     * holds against nobody.
     */
    private static final int FEW = 3;

    private final NodeSettings set;
    private final Engine engine;
    private final WatchSettings settings;
    private final Hearing hearing;
    private final Watcher watcher;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean asksEngine = new AtomicBoolean();
    private final AtomicBoolean heard = new AtomicBoolean();

    /** Who wants to know. */
    interface Watcher {
        /** Told again and again while it is so. */
        void lost(Duration silent);

        void back();
    }

    /** @param hearing shared by the pulses of all nodes */
    Pulse(NodeSettings set, Engine engine, WatchSettings settings, Hearing hearing, Watcher watcher) {
        this.set = set;
        this.engine = engine;
        this.settings = settings;
        this.hearing = hearing;
        this.watcher = watcher;
    }

    /** This machine is not lost as long as somebody here can say so. */
    static boolean isFeltOf(NodeSettings set) {
        return "ssh".equals(set.engine().getScheme());
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        int missed = 0;
        boolean lost = false;
        try {
            while (!stopped.await(settings.pulse().toMillis(), TimeUnit.MILLISECONDS)) {
                missed = heard.getAndSet(false) ? 0 : missed + 1;
                hearing.note(set.id(), missed < FEW);
                boolean wasLost = lost;
                lost = missed > 0 && (wasLost || isLost(missed));
                tell(wasLost, lost, silence(missed));
                ask(missed);
            }
        } catch (InterruptedException _) {
            log.debug("The pulse of {} is not felt any more", set.id());
        } finally {
            hearing.forget(set.id());
        }
    }

    private boolean isLost(int missed) {
        Duration limit = hearing.isCutOff() ? settings.cutOffAfter() : settings.declareLostAfter();
        return silence(missed).compareTo(limit) >= 0;
    }

    private Duration silence(int missed) {
        return settings.pulse().multipliedBy(missed);
    }

    private void tell(boolean wasLost, boolean lost, Duration silent) {
        try {
            if (lost) {
                watcher.lost(silent);
            } else if (wasLost) {
                watcher.back();
            }
        } catch (DataAccessException | TransactionException outage) {
            log.warn("That {} is lost can't be told yet: {}", set.id(), outage.getMessage());
        }
    }

    private void ask(int missed) {
        if (asksEngine.compareAndSet(false, true)) {
            Thread.ofVirtual().name("pulse-engine-" + set.id()).start(this::askEngine);
        }
        if (missed >= FEW) {
            Thread.ofVirtual().name("pulse-server-" + set.id()).start(this::askServer);
        }
    }

    /** One question at a time; a late answer is a beat too. */
    private void askEngine() {
        try {
            engine.docker().pingCmd().exec();
            heard.set(true);
        } catch (RuntimeException unanswered) {
            // Whatever kept the answer from coming, SSH, the engine's library or the engine: there is no beat, which is
            // judged elsewhere.
            log.debug("The engine of {} does not answer", set.id(), unanswered);
        } finally {
            asksEngine.set(false);
        }
    }

    /** Asked anew at every beat: what was sent into a network that stood still may not be sent again for long. */
    private void askServer() {
        if (Greeting.isHeard(set.engine(), GREETS_WITHIN)) {
            heard.set(true);
        }
    }
}
