package io.gantry.standalone;

import com.github.dockerjava.api.DockerClient;
import io.gantry.remote.Engines;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;

/** The whole platform on this machine: first what holds state, then the services. */
final class Platform implements AutoCloseable {
    private static final URI ENGINE = URI.create("unix:///var/run/docker.sock");

    private final StateDirectory state;
    private final Ports ports;
    private final Engines engines = new Engines(null);
    private final Parts parts;

    Platform(StateDirectory state, Ports ports, Progress progress) {
        this.state = state;
        this.ports = ports;
        this.parts = new Parts(progress::up);
    }

    /** Returns when every service says that it is ready. */
    void start() throws Exception {
        var services = new Services(ports, state);
        services.requirePorts();
        parts.start(foundations());
        parts.start(services.starts());
    }

    private Map<String, Callable<AutoCloseable>> foundations() {
        DockerClient docker = engines.of(ENGINE, null).docker();
        var standIns = new StandIns(docker, ports, state.fleet());
        return Map.of(
                "PostgreSQL",
                () -> EmbeddedDatabase.start(state.resolve("programs"), state.resolve("postgres"), ports.postgres()),
                "Kafka",
                () -> EmbeddedKafka.start(state.resolve("kafka"), ports.kafka(), ports.kafkaController()),
                "container registry",
                standIns::registry,
                "blob storage",
                standIns::azurite);
    }

    @Override
    public void close() {
        parts.close();
        engines.close();
        state.close();
    }
}
