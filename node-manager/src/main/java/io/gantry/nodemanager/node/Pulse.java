package io.gantry.nodemanager.node;

import io.gantry.remote.Engine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
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
 * long is the node lost.
 */
final class Pulse implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final int SSH_PORT = 22;

    private final NodeSettings set;
    private final Engine engine;
    private final WatchSettings settings;
    private final Watcher watcher;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long lastBeat = System.nanoTime();

    /** Who wants to know. */
    interface Watcher {
        /** Told again and again while it is so. */
        void lost(Duration silent);

        void back();
    }

    Pulse(NodeSettings set, Engine engine, WatchSettings settings, Watcher watcher) {
        this.set = set;
        this.engine = engine;
        this.settings = settings;
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
        boolean lost = false;
        try {
            while (!stopped.await(settings.pulse().toMillis(), TimeUnit.MILLISECONDS)) {
                lost = feel(lost);
            }
        } catch (InterruptedException _) {
            log.debug("The pulse of {} is not felt any more", set.id());
        }
    }

    private boolean feel(boolean wasLost) throws InterruptedException {
        ask();
        if (isLate(settings.pulse().multipliedBy(2)) && greets()) {
            beat();
        }
        Duration silent = silent();
        boolean lost = silent.compareTo(settings.declareLostAfter()) >= 0;
        tell(wasLost, lost, silent);
        return lost;
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

    /** One question at a time; the answer to a late one is a beat too. */
    private void ask() {
        if (asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("pulse-question-" + set.id()).start(() -> {
                try {
                    engine.docker().pingCmd().exec();
                    beat();
                } catch (RuntimeException unanswered) {
                    log.debug("The engine of {} does not answer", set.id(), unanswered);
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    /** A refusal is an answer of the machine's as well. */
    private boolean greets() {
        int patience = Math.toIntExact(settings.pulse().multipliedBy(2).toMillis());
        int port = set.engine().getPort() < 0 ? SSH_PORT : set.engine().getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(set.engine().getHost(), port), patience);
            socket.setSoTimeout(patience);
            return socket.getInputStream().read() >= 0;
        } catch (NoRouteToHostException gone) {
            return false;
        } catch (ConnectException refused) {
            return String.valueOf(refused.getMessage()).contains("refused");
        } catch (IOException silent) {
            return false;
        }
    }

    private void beat() {
        lastBeat = System.nanoTime();
    }

    private boolean isLate(Duration limit) {
        return silent().compareTo(limit) > 0;
    }

    private Duration silent() {
        return Duration.ofNanos(System.nanoTime() - lastBeat);
    }
}
