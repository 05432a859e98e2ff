package io.gantry.deployer.rollout;

import com.sun.net.httpserver.HttpServer;
import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.event.annotation.BeforeTestMethod;

/** Containers that are nothing but an HTTP server in this JVM, and behave as a test wants them to. */
@TestComponent
@Primary
public class PretendedHost implements ContainerHost {
    /** What a container does once it is started. */
    public enum Behaviour {
        SERVES,
        NEVER_HEALTHY,
        ENDS_WITH_1,
        ENDS_WITH_0,
        IS_KILLED,
        IS_KILLED_BY_NOBODY,
        RUNS_OUT_OF_MEMORY
    }

    /** A call, as it was made. */
    public record ImagesRemoved(NodeId node, String repository, Set<String> kept) {}

    private record Running(
            Node node, ContainerPlan plan, @Nullable HttpServer server, CompletableFuture<Exit> exit) {}

    private final Map<InstanceId, Running> containers = new ConcurrentHashMap<>();
    private final InstantSource clock;
    public final List<InstanceId> started = new CopyOnWriteArrayList<>();
    public final List<InstanceId> stopped = new CopyOnWriteArrayList<>();
    public final List<InstanceId> startedAgain = new CopyOnWriteArrayList<>();
    public final List<InstanceId> removed = new CopyOnWriteArrayList<>();
    public final List<ImagesRemoved> imagesRemoved = new CopyOnWriteArrayList<>();
    /** Those of apps that had no container there any more. */
    public final List<AppName> networksRemoved = new CopyOnWriteArrayList<>();
    /** So many containers are removed at the same time: each is gone only when all are. */
    public volatile CyclicBarrier removals = new CyclicBarrier(1);
    /** They run and are not well, until they are started again. */
    public final Set<InstanceId> hung = ConcurrentHashMap.newKeySet();

    public final Set<NodeId> unfit = ConcurrentHashMap.newKeySet();
    public volatile Behaviour behaviour = Behaviour.SERVES;
    public volatile boolean unreachable;
    public volatile boolean imagesLost;
    public volatile boolean dieAfterStart;
    public volatile boolean dieAfterStop;

    public PretendedHost(InstantSource clock) {
        this.clock = clock;
    }

    public Set<InstanceId> running() {
        return Set.copyOf(containers.keySet());
    }

    public Map<String, String> environmentOf(InstanceId instance) {
        return containers.get(instance).plan().environment().stream()
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    }

    @Override
    public Start start(Node node, ContainerPlan plan) {
        answerIfReachable();
        if (unfit.contains(node.id())) {
            return new Start.NodeUnfit("its disk is full");
        }
        if (imagesLost) {
            return new Start.NoImage();
        }
        Running running = containers.computeIfAbsent(plan.instance(), _ -> begin(node, plan));
        if (dieAfterStart) {
            throw new IllegalStateException("The deployer dies before it can say that it has started this");
        }
        @Nullable HttpServer server = running.server();
        return new Start.Running(server == null ? null : server.getAddress().getPort(), clock.instant());
    }

    @Override
    public Optional<Instant> startAgain(Node node, InstanceId instance) {
        answerIfReachable();
        Running again = containers.computeIfPresent(
                instance, (_, ended) -> new Running(node, ended.plan(), ended.server(), exit()));
        startedAgain.add(instance);
        hung.remove(instance);
        return Optional.ofNullable(again).map(_ -> clock.instant());
    }

    /** As when somebody removes the container by hand. */
    public void lose(InstanceId instance) {
        remove(instance);
        removed.clear();
    }

    private Running begin(Node node, ContainerPlan plan) {
        started.add(plan.instance());
        return new Running(node, plan, plan.manifest().port() == null ? null : server(plan.instance()), exit());
    }

    private CompletableFuture<Exit> exit() {
        CompletableFuture<Exit> exit = new CompletableFuture<>();
        switch (behaviour) {
            case SERVES, NEVER_HEALTHY -> {}
            case ENDS_WITH_1 -> exit.complete(new Exit(1, OutOfMemory.NOT_KNOWN));
            case ENDS_WITH_0 -> exit.complete(new Exit(0, OutOfMemory.NOT_KNOWN));
            case IS_KILLED -> exit.complete(new Exit(137, OutOfMemory.NOT_KNOWN));
            case IS_KILLED_BY_NOBODY -> exit.complete(new Exit(137, OutOfMemory.LIKELY));
            case RUNS_OUT_OF_MEMORY -> exit.complete(new Exit(137, OutOfMemory.TOLD));
        }
        return exit;
    }

    private HttpServer server(InstanceId instance) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                boolean well = behaviour == Behaviour.SERVES && !hung.contains(instance);
                exchange.sendResponseHeaders(well ? 200 : 503, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public Watch watch(Node node, InstanceId instance) {
        CompletableFuture<Exit> exit = containers.containsKey(instance)
                ? containers.get(instance).exit()
                : CompletableFuture.completedFuture(new Exit(null, OutOfMemory.NOT_KNOWN));
        return new Watch() {
            @Override
            public Optional<Exit> exitWithin(Duration wait) throws InterruptedException {
                try {
                    return Optional.of(exit.get(wait.toMillis(), TimeUnit.MILLISECONDS));
                } catch (TimeoutException stillRuns) {
                    return Optional.empty();
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<String> logOf(Node node, InstanceId instance) {
        return List.of("the last line of " + instance);
    }

    @Override
    public void stop(Node node, InstanceId instance, Duration timeToEnd) {
        answerIfReachable();
        Running running = containers.get(instance);
        if (running != null && running.exit().complete(new Exit(137, OutOfMemory.NOT_KNOWN))) {
            stopped.add(instance);
        }
        if (dieAfterStop) {
            throw new IllegalStateException("The deployer dies before it can say that it has stopped this");
        }
    }

    @Override
    public void stopAndRemove(Node node, InstanceId instance, Duration timeToEnd) {
        answerIfReachable();
        remove(instance);
        try {
            removals.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("No other is removed at the same time", alone);
        }
    }

    @Override
    public void removeWithImage(Node node, InstanceId instance) {
        answerIfReachable();
        remove(instance);
    }

    private void remove(InstanceId instance) {
        Running running = containers.remove(instance);
        if (running != null) {
            removed.add(instance);
            running.exit().complete(new Exit(137, OutOfMemory.NOT_KNOWN));
            if (running.server() != null) {
                running.server().stop(0);
            }
        }
    }

    @Override
    public void removeImages(Node node, String repository, Set<String> kept) {
        answerIfReachable();
        imagesRemoved.add(new ImagesRemoved(node.id(), repository, kept));
    }

    @Override
    public void removeNetwork(Node node, AppName app) {
        if (labelsOfAll(node).stream().noneMatch(labels -> app.value().equals(labels.get(Labels.APP)))) {
            networksRemoved.add(app);
        }
    }

    @Override
    public List<Map<String, String>> labelsOfAll(Node node) {
        return containers.values().stream()
                .filter(running -> running.node().equals(node))
                .map(running -> running.plan().labels())
                .toList();
    }

    @BeforeTestMethod
    public void reset() {
        List.copyOf(containers.keySet()).forEach(this::remove);
        started.clear();
        stopped.clear();
        startedAgain.clear();
        removed.clear();
        imagesRemoved.clear();
        networksRemoved.clear();
        removals = new CyclicBarrier(1);
        hung.clear();
        unfit.clear();
        behaviour = Behaviour.SERVES;
        unreachable = false;
        imagesLost = false;
        dieAfterStart = false;
        dieAfterStop = false;
    }

    private void answerIfReachable() {
        if (unreachable) {
            throw new IllegalStateException("The node does not answer");
        }
    }
}
