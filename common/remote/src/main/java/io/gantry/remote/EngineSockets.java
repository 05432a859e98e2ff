package io.gantry.remote;

import com.github.dockerjava.transport.UnixSocket;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/** Opens connections to one engine. */
interface EngineSockets extends AutoCloseable {
    /** A socket that is connected, or becomes so by {@code connect}, whatever the address. */
    Socket open() throws IOException;

    /** Whether it can be seen at no cost that an idle connection was closed by the other side. */
    boolean lookBeforeReuse();

    /** The session that they go through, if they do. */
    Optional<SshSession> session();

    @Override
    void close();

    /** To the engine on this machine. */
    record OfThisMachine(String path) implements EngineSockets {
        @Override
        public Socket open() {
            try {
                return UnixSocket.get(path);
            } catch (IOException refused) {
                throw new Unreachable(
                        Unreachable.Reason.NO_ENGINE,
                        "No Docker Engine answers at %s: does it run, and may this user use it? (%s)"
                                .formatted(path, refused.getMessage()),
                        refused);
            }
        }

        /** A look would wait: these sockets know no timeouts. */
        @Override
        public boolean lookBeforeReuse() {
            return false;
        }

        @Override
        public Optional<SshSession> session() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Nothing lasts between connections.
        }
    }

    /** To the engine on another one. */
    record ThroughSsh(SshSession ssh, String path) implements EngineSockets {
        @Override
        public Socket open() throws IOException {
            return ChannelSocket.to(ssh, path);
        }

        @Override
        public boolean lookBeforeReuse() {
            return true;
        }

        @Override
        public Optional<SshSession> session() {
            return Optional.of(ssh);
        }

        @Override
        public void close() {
            ssh.close();
        }
    }
}
