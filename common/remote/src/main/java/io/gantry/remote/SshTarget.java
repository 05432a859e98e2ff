package io.gantry.remote;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A machine that SSH reaches: whom to be there, and by which key to know it. */
public record SshTarget(String user, String host, int port, HostKey hostKey) {
    private static final int SSH_PORT = 22;

    /**
     * @param uri {@code ssh://user@host:port}
     * @param hostKey as in a known_hosts line without the host; there is no connecting to a machine without one
     */
    public static SshTarget of(URI uri, @Nullable String hostKey) {
        String user = uri.getUserInfo();
        String host = uri.getHost();
        if (!"ssh".equals(uri.getScheme()) || user == null || user.contains(":") || host == null) {
            throw new IllegalArgumentException("A machine is named ssh://user@host:port, without a password");
        }
        if (hostKey == null || hostKey.isBlank()) {
            throw new IllegalArgumentException("No host key is pinned for %s@%s".formatted(user, host));
        }
        int port = uri.getPort() < 0 ? SSH_PORT : uri.getPort();
        return new SshTarget(user, withoutBrackets(host), port, HostKey.parse(hostKey));
    }

    /** @return {@code ssh://user@host:port}, as {@link #of} reads it */
    public URI uri() {
        return URI.create("ssh://%s@%s:%d".formatted(user, host.contains(":") ? "[" + host + "]" : host, port));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return "%s@%s:%d".formatted(user, host, port);
    }
}
