package io.gantry.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.measure.Missing;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.remote.Unreachable;
import java.net.URI;

/** The Docker Engine of this machine. */
public final class LocalEngine implements AutoCloseable {
    private static final URI SOCKET = URI.create("unix:///var/run/docker.sock");

    private final Engines engines = new Engines(null);
    private final Engine engine = engines.of(SOCKET, null);

    /** @throws Missing if none answers */
    public DockerClient docker() {
        try {
            return engine.docker();
        } catch (Unreachable e) {
            throw new Missing(e.toString());
        }
    }

    @Override
    public void close() {
        engines.close();
    }
}
