package io.gantry.remote;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectStreamLocal;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One lasting SSH session to a machine, shared by all who want something of it. It connects when first needed and again
 * when it was lost: one try a call, and calls that wait for the same try share its result.
 */
public final class SshSession implements AutoCloseable {
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
    private static final int CHANNEL_OPENS_WITHIN_MILLIS = 10_000;
    private static final String LOOPBACK = "127.0.0.1";
    private static final int ANY_FREE = 0;

    private final SshTarget target;
    private final SshLogin login;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable Session session;
    private final AtomicInteger tries = new AtomicInteger();
    private final Map<Forward, Integer> forwarded = new ConcurrentHashMap<>();
    private @Nullable Unreachable lastFailure;
    private boolean closed;

    /** Ends with the session that it goes through. */
    private record Forward(Session session, String host, int port) {}

    /** @param privateKey file with the key that the machine lets in */
    public SshSession(SshTarget target, Path privateKey) {
        this(target, privateKey, CONNECTS_WITHIN);
    }

    SshSession(SshTarget target, Path privateKey, Duration connectsWithin) {
        this.target = target;
        this.login = new SshLogin(target, privateKey, connectsWithin);
    }

    public SshTarget target() {
        return target;
    }

    /**
     * Runs a command to its end.
     *
     * @throws Unreachable if there is no session, or it is lost meanwhile, or the command takes longer than {@code limit}
     */
    public Executed run(ShellCommand command, Duration limit) {
        ChannelExec channel = open("exec", ChannelExec.class);
        try (var execution = new Execution(target, command, channel)) {
            return execution.within(limit);
        }
    }

    /**
     * Starts a command that goes on until it is closed, or ends by itself.
     *
     * @throws Unreachable if there is no session, or it is lost meanwhile
     */
    public FedCommand start(ShellCommand command) {
        return FedCommand.start(target, command, open("exec", ChannelExec.class));
    }

    /** A fresh channel to a unix socket of the machine; what arrives is written to {@code arrivals}. */
    ChannelDirectStreamLocal openUnixSocket(String path, OutputStream arrivals) {
        var channel = open("direct-streamlocal@openssh.com", ChannelDirectStreamLocal.class);
        channel.setSocketPath(path);
        channel.setOutputStream(arrivals);
        try {
            channel.connect(CHANNEL_OPENS_WITHIN_MILLIS);
        } catch (JSchException refused) {
            throw noEngine(path, refused);
        }
        return channel;
    }

    /** Whether somebody takes connections there; asked by the machine. */
    boolean opens(String host, int port) {
        var channel = open("direct-tcpip", ChannelDirectTCPIP.class);
        channel.setHost(host);
        channel.setPort(port);
        channel.setOutputStream(OutputStream.nullOutputStream());
        try {
            channel.connect(CHANNEL_OPENS_WITHIN_MILLIS);
            return true;
        } catch (JSchException refused) {
            return false;
        } finally {
            channel.disconnect();
        }
    }

    /** A port of this computer's loopback address that leads to one that the machine reaches, as long as the session lasts. */
    int forwarded(String host, int port) {
        return forwarded.computeIfAbsent(new Forward(connected(), host, port), this::listening);
    }

    private int listening(Forward forward) {
        try {
            return forward.session().setPortForwardingL(LOOPBACK, ANY_FREE, forward.host(), forward.port());
        } catch (JSchException failed) {
            throw new Unreachable(
                    Unreachable.Reason.LOST,
                    "No port of this computer leads through %s to %s:%d"
                            .formatted(target, forward.host(), forward.port()),
                    failed);
        }
    }

    private Unreachable noEngine(String path, JSchException refused) {
        return new Unreachable(
                Unreachable.Reason.NO_ENGINE,
                "%s does not open its socket %s to us: does Docker run there, is %s in the docker group, does sshd allow stream-local forwarding?"
                        .formatted(target, path, target.user()),
                refused);
    }

    private <C extends Channel> C open(String type, Class<C> channel) {
        try {
            return channel.cast(connected().openChannel(type));
        } catch (JSchException lost) {
            throw new Unreachable(Unreachable.Reason.LOST, "The SSH session to " + target + " was lost", lost);
        }
    }

    private Session connected() {
        Session live = session;
        return live != null && live.isConnected() ? live : reconnected(tries.get());
    }

    private Session reconnected(int triesBefore) {
        connecting.lock();
        try {
            Session live = session;
            if (live != null && live.isConnected()) {
                return live;
            }
            if (lastFailure != null && tries.get() != triesBefore) {
                throw lastFailure.again();
            }
            return tryOnce();
        } finally {
            connecting.unlock();
        }
    }

    private Session tryOnce() {
        if (closed) {
            throw new IllegalStateException("The session to " + target + " was closed");
        }
        try {
            Session fresh = login.connect();
            session = fresh;
            return fresh;
        } catch (Unreachable failure) {
            lastFailure = failure;
            throw failure;
        } finally {
            tries.incrementAndGet();
        }
    }

    @Override
    public void close() {
        connecting.lock();
        try {
            closed = true;
            if (session != null) {
                session.disconnect();
            }
        } finally {
            connecting.unlock();
        }
    }
}
