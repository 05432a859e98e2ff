package io.gantry.remote;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A command that runs on another machine for as long as it is fed lines. Used by one thread. */
public final class FedCommand implements AutoCloseable {
    private static final int CHANNEL_OPENS_WITHIN_MILLIS = 10_000;

    private final SshTarget target;
    private final ShellCommand command;
    private final ChannelExec channel;
    private final OutputStream input;

    private FedCommand(SshTarget target, ShellCommand command, ChannelExec channel, OutputStream input) {
        this.target = target;
        this.command = command;
        this.channel = channel;
        this.input = input;
    }

    static FedCommand start(SshTarget target, ShellCommand command, ChannelExec channel) {
        try {
            channel.setCommand(command.line());
            OutputStream input = channel.getOutputStream();
            channel.connect(CHANNEL_OPENS_WITHIN_MILLIS);
            return new FedCommand(target, command, channel, input);
        } catch (JSchException | IOException refused) {
            channel.disconnect();
            throw new Unreachable(
                    Unreachable.Reason.LOST,
                    "On %s the command %s could not be started".formatted(target, command),
                    refused);
        }
    }

    /**
     * That it was sent is all that is known of the line then.
     *
     * @param line without a line break
     * @throws Unreachable if the command has ended, or its session is lost
     */
    public void feed(String line) {
        if (channel.isClosed() || !channel.isConnected()) {
            throw ended(null);
        }
        try {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException lost) {
            throw ended(lost);
        }
    }

    private Unreachable ended(@Nullable IOException cause) {
        return new Unreachable(
                Unreachable.Reason.LOST,
                "On %s the command %s ended (exit code %d)".formatted(target, command, channel.getExitStatus()),
                cause);
    }

    /** Its input ends; what it does then is its own affair. */
    @Override
    public void close() {
        channel.disconnect();
    }
}
