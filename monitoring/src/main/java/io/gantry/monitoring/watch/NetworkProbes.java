package io.gantry.monitoring.watch;

import io.gantry.contract.InstanceId;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.registry.Node;
import io.gantry.remote.HealthProbe;
import io.gantry.remote.SshTarget;
import io.gantry.remote.StatusLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Asks over the network. A machine is asked in the SSH session that is kept to it; only when that fails is a new connection
 * made, and given up as soon as its SSH server has said hello: servers hold it against those who do that all the time.
 */
final class NetworkProbes implements Probes {
    /** They speak no HTTP that tells whether they are ready. */
    private static final Set<String> BACKING = Set.of("postgres", "kafka", "blob-storage", "container-registry");

    private static final String READINESS = "/actuator/health/readiness";
    private static final int READY = 200;
    private static final String HELLO = "SSH-";

    private final EngineQuestions engines;
    private final HttpClient http;
    private final HealthProbe instances;
    private final ExecutorService threads;
    private final Duration limit;
    private final Map<URI, Question<Optional<String>>> reaches = new ConcurrentHashMap<>();
    private final Map<String, Question<ContainerWord>> containers = new ConcurrentHashMap<>();

    NetworkProbes(
            EngineQuestions engines, HttpClient http, HealthProbe instances, ExecutorService threads, Duration limit) {
        this.engines = engines;
        this.http = http;
        this.instances = instances;
        this.threads = threads;
        this.limit = limit;
    }

    @Override
    public Optional<String> ask(PreparedMachine machine) throws InterruptedException {
        Optional<String> unreached = reaches.computeIfAbsent(machine.engine(), _ -> new Question<>())
                .ask(() -> engines.reach(machine), threads, limit)
                .orElse(Optional.of("no answer in time"));
        boolean mayBeGreeted = "ssh".equals(machine.engine().getScheme());
        return unreached.isPresent() && mayBeGreeted ? greeting(machine) : unreached;
    }

    private Optional<String> greeting(PreparedMachine machine) {
        SshTarget target = SshTarget.of(machine.engine(), machine.hostKey());
        try (Socket socket = connected(target.host(), target.port())) {
            byte[] hello = socket.getInputStream().readNBytes(HELLO.length());
            return HELLO.equals(new String(hello, StandardCharsets.US_ASCII))
                    ? Optional.empty()
                    : Optional.of("what answers is no SSH server");
        } catch (IOException failure) {
            return Optional.of(sentence(failure));
        }
    }

    @Override
    public HealthProbe.Answer ask(String address, int port, Health health) throws InterruptedException {
        return instances.ask(address, port, health);
    }

    @Override
    public Optional<String> ask(PlatformReplica replica) throws InterruptedException {
        return BACKING.contains(replica.service()) ? connection(replica) : readiness(replica);
    }

    private Optional<String> connection(PlatformReplica replica) {
        try (var _ = connected(replica.address(), replica.port())) {
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of(sentence(failure));
        }
    }

    private Optional<String> readiness(PlatformReplica replica) throws InterruptedException {
        try {
            URI uri = new URI("http", null, replica.address(), replica.port(), READINESS, null, null);
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(limit).build();
            int status = StatusLine.of(http, request);
            return status == READY ? Optional.empty() : Optional.of("HTTP " + status);
        } catch (HttpTimeoutException _) {
            return Optional.of("no answer in time");
        } catch (IOException failure) {
            return Optional.of(sentence(failure));
        } catch (URISyntaxException noAddress) {
            return Optional.of(sentence(noAddress));
        }
    }

    @Override
    public ContainerWord container(PreparedMachine machine, String service) throws InterruptedException {
        return answer(machine.engine() + " " + service, () -> engines.container(machine, service));
    }

    @Override
    public ContainerWord container(Node node, InstanceId instance) throws InterruptedException {
        return answer(node.engine() + " " + instance, () -> engines.container(node, instance));
    }

    private ContainerWord answer(String about, Callable<ContainerWord> question) throws InterruptedException {
        Question<ContainerWord> open = containers.computeIfAbsent(about, _ -> new Question<>());
        Optional<ContainerWord> answer = open.ask(question, threads, limit);
        if (answer.isPresent()) {
            containers.remove(about, open);
        }
        return answer.orElse(new ContainerWord.NotKnown());
    }

    private Socket connected(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            int millis = Math.toIntExact(limit.toMillis());
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(host, port), millis);
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
