package io.gantry.remote;

import io.gantry.contract.registry.Node;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The door to every node's Docker Engine. One engine a node is kept, with its connections, for all who ask. */
public final class Engines implements AutoCloseable {
    private final @Nullable Path privateKey;
    private final Deadlines deadlines = new Deadlines();
    private final Map<Endpoint, Engine> engines = new ConcurrentHashMap<>();

    /** @param privateKey file with the key that nodes let in; needed only for nodes that SSH reaches */
    public Engines(@Nullable Path privateKey) {
        this.privateKey = privateKey;
    }

    public Engine of(Node node) {
        return of(node.engine(), node.hostKey());
    }

    /**
     * Nothing is connected yet.
     *
     * @param uri {@code unix:///var/run/docker.sock} or {@code ssh://user@host:port}
     * @param hostKey pinned at provisioning, {@code ssh-ed25519 AAAA...}; required with SSH
     * @throws IllegalArgumentException if there is no connecting to such a place
     */
    public Engine of(URI uri, @Nullable String hostKey) {
        return engines.computeIfAbsent(Endpoint.of(uri, hostKey), this::engine);
    }

    private Engine engine(Endpoint endpoint) {
        return new Engine(endpoint, sockets(endpoint), deadlines);
    }

    private EngineSockets sockets(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Local(var socket) -> new EngineSockets.OfThisMachine(socket);
            case Endpoint.OverSsh(var target, var socket) ->
                new EngineSockets.ThroughSsh(new SshSession(target, keyFor(target)), socket);
        };
    }

    private Path keyFor(SshTarget target) {
        if (privateKey == null) {
            throw new IllegalArgumentException("No private key is set to reach " + target + " with");
        }
        return privateKey;
    }

    @Override
    public void close() {
        engines.values().forEach(Engine::close);
        deadlines.close();
    }
}
