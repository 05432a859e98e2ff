package io.gantry.remote;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UserInfo;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Asks a machine that nobody has met for the key by which it will be known from then on. It takes the network's word for whose
 * key that is, so it is for those only who have no other way to know, and once.
 */
public final class FirstMeeting {
    private static final int WITHIN_MILLIS = 10_000;

    private FirstMeeting() {}

    /**
     * Nothing is said to the machine but hello.
     *
     * @throws Unreachable if there is nobody to ask
     */
    public static HostKey with(String host, int port) {
        Noting noting = new Noting();
        try {
            Session session = new JSch().getSession("nobody", host, port);
            session.setHostKeyRepository(noting);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setSocketFactory(new QuickSockets(WITHIN_MILLIS));
            session.connect(WITHIN_MILLIS);
            session.disconnect();
        } catch (JSchException ended) {
            if (noting.shown == null) {
                throw unreachable(host, port, ended);
            }
        }
        return noting.key();
    }

    private static Unreachable unreachable(String host, int port, JSchException failure) {
        Unreachable.Reason reason = switch (failure.getCause()) {
            case UnknownHostException _ -> Unreachable.Reason.UNKNOWN_HOST;
            case SocketTimeoutException _ -> Unreachable.Reason.TIMED_OUT;
            case null, default -> Unreachable.Reason.REFUSED;
        };
        return new Unreachable(
                reason, "%s:%d shows no host key: %s".formatted(host, port, failure.getMessage()), failure);
    }

    /** Knows nobody, so the session ends when it has seen the key. */
    private static final class Noting implements HostKeyRepository {
        private static final com.jcraft.jsch.HostKey[] NONE = {};

        private byte @Nullable [] shown;

        HostKey key() {
            if (shown == null) {
                throw new IllegalStateException("A session began without a host key");
            }
            return new HostKey(typeOf(shown), Base64.getEncoder().encodeToString(shown));
        }

        /** The key begins with its type, after four bytes that say how long that is. */
        private static String typeOf(byte[] key) {
            int length = ByteBuffer.wrap(key).getInt();
            return new String(key, Integer.BYTES, length, StandardCharsets.US_ASCII);
        }

        @Override
        public int check(String host, byte[] key) {
            shown = key.clone();
            return NOT_INCLUDED;
        }

        @Override
        public void add(com.jcraft.jsch.HostKey key, @Nullable UserInfo user) {
            // Whoever asked decides what becomes of it.
        }

        @Override
        public void remove(String host, @Nullable String type) {
            // Nothing is kept.
        }

        @Override
        public void remove(String host, @Nullable String type, byte[] key) {
            // Nothing is kept.
        }

        @Override
        public String getKnownHostsRepositoryID() {
            return "nobody met yet";
        }

        @Override
        public com.jcraft.jsch.HostKey[] getHostKey() {
            return NONE;
        }

        @Override
        public com.jcraft.jsch.HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
            return NONE;
        }
    }
}
