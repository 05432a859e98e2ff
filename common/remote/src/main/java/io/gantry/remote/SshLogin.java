package io.gantry.remote;

import static io.gantry.remote.Unreachable.Reason.HOST_KEY_CHANGED;
import static io.gantry.remote.Unreachable.Reason.KEY_REFUSED;
import static io.gantry.remote.Unreachable.Reason.LOST;
import static io.gantry.remote.Unreachable.Reason.REFUSED;
import static io.gantry.remote.Unreachable.Reason.TIMED_OUT;
import static io.gantry.remote.Unreachable.Reason.UNKNOWN_HOST;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import io.gantry.remote.Unreachable.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a session begins: by key only, with the one host key that was pinned, and with a plain sentence when it fails. */
final class SshLogin {
    private static final int ALIVE_EVERY_MILLIS = 5_000;
    private static final int ALIVE_UNANSWERED = 3;

    private final SshTarget target;
    private final Path privateKey;
    private final int withinMillis;

    SshLogin(SshTarget target, Path privateKey, Duration within) {
        this.target = target;
        this.privateKey = privateKey;
        this.withinMillis = Math.toIntExact(within.toMillis());
    }

    Session connect() {
        QuickSockets sockets = new QuickSockets(withinMillis);
        try {
            Session session = prepared(sockets);
            session.connect(withinMillis);
            return session;
        } catch (JSchException failure) {
            throw explained(failure, sockets);
        }
    }

    private Session prepared(QuickSockets sockets) throws JSchException {
        Session session = withKey().getSession(target.user(), target.host(), target.port());
        session.setHostKeyRepository(new PinnedHostKeys(target));
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("server_host_key", target.hostKey().signatureAlgorithms());
        session.setConfig("PreferredAuthentications", "publickey");
        session.setSocketFactory(sockets);
        session.setServerAliveInterval(ALIVE_EVERY_MILLIS);
        session.setServerAliveCountMax(ALIVE_UNANSWERED);
        session.setDaemonThread(true);
        return session;
    }

    private JSch withKey() {
        JSch ssh = new JSch();
        try {
            ssh.addIdentity(privateKey.toString());
            return ssh;
        } catch (JSchException unreadable) {
            throw unreachable(
                    KEY_REFUSED,
                    "The private key %s for %s can't be read".formatted(privateKey.getFileName(), target),
                    unreadable);
        }
    }

    private Unreachable explained(JSchException failure, QuickSockets sockets) {
        return switch (failure) {
            case JSchHostKeyException _ -> unreachable(HOST_KEY_CHANGED, hostKeySentence(), failure);
            case JSchAlgoNegoFailException nego
            when "server_host_key".equals(nego.getAlgorithmName()) ->
                unreachable(HOST_KEY_CHANGED, hostKeySentence(), failure);
            default -> explained(failure, failure.getCause(), sockets);
        };
    }

    private Unreachable explained(JSchException failure, @Nullable Throwable cause, QuickSockets sockets) {
        return switch (cause) {
            case UnknownHostException _ ->
                unreachable(UNKNOWN_HOST, "The host name of %s has no address".formatted(target), failure);
            case NoRouteToHostException _ ->
                unreachable(REFUSED, "There is no way to %s through the network".formatted(target), failure);
            case ConnectException _ ->
                unreachable(REFUSED, "Nothing takes SSH connections at %s".formatted(target), failure);
            case SocketTimeoutException _ -> timedOut(failure);
            case null, default -> explainedByText(failure, sockets);
        };
    }

    /** The library has no type for these; and it takes a machine that dies while it looks at a key for one that refuses it. */
    private Unreachable explainedByText(JSchException failure, QuickSockets sockets) {
        String text = Objects.requireNonNullElse(failure.getMessage(), "");
        if (text.startsWith("Auth fail") || text.startsWith("USERAUTH fail")) {
            if (sockets.isBrokenOff()) {
                return unreachable(LOST, "%s broke off while it was to let us in".formatted(target), failure);
            }
            return unreachable(
                    KEY_REFUSED, "%s does not let the key %s in".formatted(target, privateKey.getFileName()), failure);
        }
        if (text.contains("timeout") || text.contains("timed out")) {
            return timedOut(failure);
        }
        return unreachable(LOST, "No SSH session with %s came about: %s".formatted(target, text), failure);
    }

    private Unreachable timedOut(JSchException failure) {
        return unreachable(TIMED_OUT, "%s did not answer within %d ms".formatted(target, withinMillis), failure);
    }

    private String hostKeySentence() {
        return "The host key of %s is not the one that was pinned (%s): another machine answers, or it was set up anew; nothing was sent to it"
                .formatted(target, target.hostKey().type());
    }

    private static Unreachable unreachable(Reason reason, String sentence, Throwable cause) {
        return new Unreachable(reason, sentence, cause);
    }
}
