package io.gantry.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One command under way on another machine. */
final class Execution implements AutoCloseable {
    private static final int KEPT_BYTES = 1 << 20;
    private static final int CHANNEL_OPENS_WITHIN_MILLIS = 10_000;

    private final SshTarget target;
    private final ShellCommand command;
    private final ChannelExec channel;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Kept out = new Kept();
    private final Kept err = new Kept() {
        /** The error stream is closed with the channel, after the exit code has arrived; the other one before. */
        @Override
        public void close() {
            ended.countDown();
        }
    };

    Execution(SshTarget target, ShellCommand command, ChannelExec channel) {
        this.target = target;
        this.command = command;
        this.channel = channel;
        channel.setCommand(command.line());
        channel.setOutputStream(out);
        channel.setErrStream(err);
    }

    Executed within(Duration limit) {
        try {
            channel.connect(CHANNEL_OPENS_WITHIN_MILLIS);
            if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unreachable(Unreachable.Reason.TIMED_OUT, "did not end within " + limit, null);
            }
        } catch (JSchException refused) {
            throw unreachable(Unreachable.Reason.LOST, "could not be started", refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw unreachable(Unreachable.Reason.LOST, "was not waited for", stop);
        }
        return result();
    }

    private Executed result() {
        if (channel.getExitStatus() < 0 && channel.getExitSignal() == null) {
            throw unreachable(Unreachable.Reason.LOST, "lost its session before it told how it ended", null);
        }
        return new Executed(channel.getExitStatus(), out.text(), err.text());
    }

    private Unreachable unreachable(Unreachable.Reason reason, String what, @Nullable Throwable cause) {
        return new Unreachable(reason, "On %s the command %s %s".formatted(target, command, what), cause);
    }

    @Override
    public void close() {
        channel.disconnect();
    }

    private static class Kept extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] source, int offset, int length) {
            super.write(source, offset, Math.min(length, KEPT_BYTES - count));
        }

        synchronized String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
