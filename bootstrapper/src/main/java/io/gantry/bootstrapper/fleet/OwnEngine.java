package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where this computer's Docker Engine listens: where {@code DOCKER_HOST} says, as for {@code docker}, else at its usual socket. */
final class OwnEngine {
    private static final String SOCKET = "unix:///";
    private static final URI USUAL = URI.create("unix:///var/run/docker.sock");

    private OwnEngine() {}

    /**
     * @param dockerHost the variable's value
     * @throws GaveUpException if that is no socket of this computer: local machines are reached by their addresses, which are known here alone
     */
    static URI at(@Nullable String dockerHost) {
        if (dockerHost == null || dockerHost.isBlank()) {
            return USUAL;
        }
        if (!dockerHost.startsWith(SOCKET)) {
            throw refused(dockerHost);
        }
        try {
            return URI.create(dockerHost);
        } catch (IllegalArgumentException unreadable) {
            throw refused(dockerHost);
        }
    }

    private static GaveUpException refused(String dockerHost) {
        return new GaveUpException(
                ExitCode.USAGE,
                "DOCKER_HOST is %s, which is no socket of this computer".formatted(dockerHost),
                "Name the socket of an engine that runs here, unix:///run/user/1000/docker.sock say, or unset DOCKER_HOST.");
    }
}
