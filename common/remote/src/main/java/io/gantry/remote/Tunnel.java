package io.gantry.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * What one machine reaches and this computer does not, reached through that machine's SSH server. For each address that is asked
 * for, a port of this computer's loopback address leads there; it is open to whoever is on this computer.
 */
public final class Tunnel implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final SshSession session;

    /** @param privateKey file with the key that the machine lets in; connected when first used */
    public Tunnel(SshTarget through, Path privateKey) {
        this.session = new SshSession(through, privateKey);
    }

    /**
     * Whether somebody takes connections there.
     *
     * @param address with a port
     * @throws Unreachable if there is no session with the machine
     */
    public boolean opens(URI address) {
        return session.opens(hostOf(address), portOf(address));
    }

    /**
     * The same address as this computer reaches it. Good for one request: when the session was lost it is another one.
     *
     * @param address with a port
     * @throws Unreachable if there is no session with the machine
     */
    public URI to(URI address) {
        int port = session.forwarded(hostOf(address), portOf(address));
        try {
            return new URI(
                    address.getScheme(),
                    address.getUserInfo(),
                    HERE,
                    port,
                    address.getPath(),
                    address.getQuery(),
                    address.getFragment());
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static String hostOf(URI address) {
        if (address.getHost() == null) {
            throw new IllegalArgumentException("%s names no host and port".formatted(address));
        }
        return address.getHost().replaceAll("[\\[\\]]", "");
    }

    private static int portOf(URI address) {
        if (address.getPort() < 0) {
            throw new IllegalArgumentException("%s names no host and port".formatted(address));
        }
        return address.getPort();
    }

    @Override
    public void close() {
        session.close();
    }
}
