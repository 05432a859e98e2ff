package io.gantry.remote;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is written to a connection, which is cut when a single write does not get on. Who is cut off takes nothing, and tells nothing: once all
 * that this computer keeps for him is full, a write waits until TCP gives up, a quarter of an hour. Whoever would ask whether he is still there
 * waits behind it, so a session's own questions do not help.
 */
final class SentInTime extends FilterOutputStream {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ssh-writes").factory());

    private final Socket socket;
    private final Future<?> looks;

    /** Counts when a write begins, and when it ends: odd while one is under way. */
    private final AtomicLong turns = new AtomicLong();

    private long lastSeen;

    /** @param within a write takes; one that takes twice as long is cut, whatever else */
    SentInTime(Socket socket, Duration within) throws IOException {
        super(socket.getOutputStream());
        this.socket = socket;
        long every = within.toMillis();
        this.looks = CLOCK.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = turns.get();
        if (socket.isClosed()) {
            looks.cancel(false);
        } else if (now % 2 == 1 && now == lastSeen) {
            cut();
        }
        lastSeen = now;
    }

    private void cut() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("Closing a connection that takes nothing", failure);
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        turns.incrementAndGet();
        try {
            out.write(source, offset, length);
        } finally {
            turns.incrementAndGet();
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        looks.cancel(false);
        super.close();
    }
}
