package io.gantry.remote;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Docker Engine. Any number of threads may use it. */
public final class Engine implements AutoCloseable {
    private final Endpoint endpoint;
    private final Optional<SshSession> session;
    private final EngineHttpClient http;
    private volatile @Nullable DockerClient negotiated;

    Engine(Endpoint endpoint, EngineSockets sockets, Deadlines deadlines) {
        this.endpoint = endpoint;
        this.session = sockets.session();
        this.http = new EngineHttpClient(endpoint, sockets, deadlines, () -> negotiated = null);
    }

    /** The session with its machine; none where the engine is on this one. */
    public Optional<SshSession> session() {
        return session;
    }

    /** Path of its unix socket, on its machine. */
    public String socket() {
        return endpoint.socket();
    }

    /**
     * The engine's API, in the newest version that both sides speak. Ask for it anew for every piece of work: an engine
     * that was updated meanwhile is asked again which versions it speaks.
     *
     * @throws Unreachable if it is not known yet which versions the engine speaks, and it can't be asked
     */
    public DockerClient docker() {
        DockerClient known = negotiated;
        return known != null ? known : negotiate();
    }

    private DockerClient negotiate() {
        Version version = speaking(null).versionCmd().exec();
        String newest = version.getApiVersion();
        String oldest = Objects.requireNonNullElse(version.getMinAPIVersion(), newest);
        ApiVersion common = ApiVersion.negotiate(ApiVersion.parse(newest), ApiVersion.parse(oldest), endpoint);
        DockerClient client = speaking(common);
        negotiated = client;
        return client;
    }

    private DockerClient speaking(@Nullable ApiVersion version) {
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("unix://" + Endpoint.DOCKER_SOCKET)
                .withDockerTlsVerify(false)
                .withApiVersion(version == null ? null : version.toString())
                .build();
        return DockerClientImpl.getInstance(config, http);
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("Closing the connections to " + endpoint, failure);
        }
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
