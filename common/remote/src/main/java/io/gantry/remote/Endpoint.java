package io.gantry.remote;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a Docker Engine listens: a unix socket of this machine, or of one that SSH reaches. */
sealed interface Endpoint {
    String DOCKER_SOCKET = "/var/run/docker.sock";

    /** Path of the engine's unix socket on its machine. */
    String socket();

    record Local(String socket) implements Endpoint {
        @Override
        public String toString() {
            return socket;
        }
    }

    record OverSsh(SshTarget target, String socket) implements Endpoint {
        @Override
        public String toString() {
            return target.toString();
        }
    }

    /**
     * @param uri {@code unix:///var/run/docker.sock}, {@code ssh://user@host:22} or {@code ssh://user@host/path/of/socket}
     * @param hostKey the pinned host key; required with SSH
     */
    static Endpoint of(URI uri, @Nullable String hostKey) {
        return switch (uri.getScheme()) {
            case "unix" -> new Local(uri.getPath());
            case "ssh" -> new OverSsh(SshTarget.of(uri, hostKey), socketIn(uri));
            case null, default ->
                throw new IllegalArgumentException(
                        "A Docker Engine is at unix:///path or at ssh://user@host:port, not at " + uri);
        };
    }

    private static String socketIn(URI uri) {
        String path = uri.getPath();
        return path == null || path.length() <= 1 ? DOCKER_SOCKET : path;
    }
}
