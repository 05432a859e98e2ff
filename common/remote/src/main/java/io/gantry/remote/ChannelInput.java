package io.gantry.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes on their way from the SSH session's thread to whoever reads a channel. The library's own pipe will not do: it
 * breaks when the thread that read last has ended, and when it is full it stalls every channel of the session. This one
 * never blocks the session; a reader who falls too far behind loses the channel instead.
 */
final class ChannelInput extends InputStream {
    static final int LIMIT = 32 << 20;

    /** What HttpClient allows for a look at whether a pooled connection is still open. Here the answer is known at once. */
    private static final int A_LOOK_MILLIS = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int readOfFirst;
    private int buffered;
    private boolean ended;
    private boolean overrun;
    private volatile int timeoutMillis;

    void timeout(int millis) {
        timeoutMillis = millis;
    }

    int timeout() {
        return timeoutMillis;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitBytes();
            return chunks.isEmpty() ? -1 : take(target, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private void awaitBytes() throws IOException {
        long patience = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (chunks.isEmpty() && !ended) {
            try {
                if (timeoutMillis == 0) {
                    changed.await();
                } else if (timeoutMillis == A_LOOK_MILLIS || (patience = changed.awaitNanos(patience)) <= 0) {
                    throw new SocketTimeoutException("Nothing to read in " + timeoutMillis + " ms");
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while reading", stop);
            }
        }
        if (chunks.isEmpty() && overrun) {
            throw new IOException("The reader fell more than " + (LIMIT >> 20) + " MiB behind");
        }
    }

    private int take(byte[] target, int offset, int length) {
        byte[] first = chunks.getFirst();
        int count = Math.min(length, first.length - readOfFirst);
        System.arraycopy(first, readOfFirst, target, offset, count);
        readOfFirst += count;
        buffered -= count;
        if (readOfFirst == first.length) {
            chunks.removeFirst();
            readOfFirst = 0;
        }
        return count;
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return buffered;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            chunks.clear();
            buffered = 0;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Where the SSH session's thread puts what arrives. */
    OutputStream sink() {
        return new Sink();
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            byte[] chunk = new byte[length];
            System.arraycopy(source, offset, chunk, 0, length);
            lock.lock();
            try {
                put(chunk);
            } finally {
                lock.unlock();
            }
        }

        private void put(byte[] chunk) throws IOException {
            if (ended) {
                throw new IOException("Nobody reads this channel any more");
            }
            if (buffered + chunk.length > LIMIT) {
                overrun = true;
                throw new IOException("The reader of this channel is too slow");
            }
            chunks.addLast(chunk);
            buffered += chunk.length;
            changed.signalAll();
        }

        @Override
        public void close() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
