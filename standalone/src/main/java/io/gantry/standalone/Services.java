package io.gantry.standalone;

import io.gantry.deployer.DeployerApplication;
import io.gantry.lifecyclemanager.LifecycleManagerApplication;
import io.gantry.lifecyclemanager.platform.ServiceRunner;
import io.gantry.loadbalancer.LoadBalancerApplication;
import io.gantry.monitoring.MonitoringApplication;
import io.gantry.nodemanager.NodeManagerApplication;
import io.gantry.scheduler.SchedulerApplication;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The services as they start here: each the application context it always is, told where its neighbours are. The lifecycle
 * manager restarts them through this.
 */
final class Services implements ServiceRunner {
    /** It enters each context into a list of Logback's, of which the process has one: those who start at the same time break it. */
    private static final String NOT_SIX_TIMES =
            "org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration";

    private final Ports ports;
    private final StateDirectory state;
    private final Map<String, RunningService> running = new ConcurrentHashMap<>();

    Services(Ports ports, StateDirectory state) {
        this.ports = ports;
        this.state = state;
    }

    private record Service(String name, Supplier<SpringApplicationBuilder> application, int port) {
        URI readiness() {
            return URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
        }
    }

    private List<Service> all() {
        return List.of(
                new Service("scheduler", SchedulerApplication::builder, ports.scheduler()),
                new Service("deployer", DeployerApplication::builder, ports.deployer()),
                new Service("load-balancer", LoadBalancerApplication::builder, ports.loadBalancer()),
                new Service("node-manager", NodeManagerApplication::builder, ports.nodeManager()),
                new Service("monitoring", MonitoringApplication::builder, ports.monitoring()),
                new Service("lifecycle-manager", LifecycleManagerApplication::builder, ports.lifecycleManager()));
    }

    /** Said now, before anything has been started for them. */
    void requirePorts() {
        all().forEach(service -> Ports.requireFree(service.port(), service.name()));
    }

    Map<String, Callable<AutoCloseable>> starts() {
        return all().stream().collect(Collectors.toMap(Service::name, service -> () -> started(service)));
    }

    private RunningService started(Service service) {
        RunningService started = RunningService.started(() -> start(service));
        running.put(service.name(), started);
        return started;
    }

    @Override
    public Set<String> services() {
        return all().stream().map(Service::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void restart(String service) {
        Objects.requireNonNull(running.get(service), () -> service + " has not started yet")
                .restart();
    }

    private ConfigurableApplicationContext start(Service service) {
        ConfigurableApplicationContext context = service.application()
                .get()
                .initializers(this::offer)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(arguments(service.port()));
        try {
            HttpAnswer.await(service.name(), service.readiness(), status -> status == 200);
            return context;
        } catch (CannotStart never) {
            context.close();
            throw never;
        }
    }

    /** Only the lifecycle manager asks for it. */
    private void offer(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("serviceRunner", this);
    }

    /** Where each service says whether it is ready. */
    List<URI> readiness() {
        return all().stream().map(Service::readiness).toList();
    }

    /** What a service finds in its environment when it runs alone. */
    private String[] arguments(int port) {
        Stream<String> neighbours = all().stream()
                .map(service -> "--lifecycle-manager.platform.services.%s=http://127.0.0.1:%d"
                        .formatted(service.name(), service.port()));
        Stream<String> own = Stream.of(
                "--server.port=" + port,
                "--spring.autoconfigure.exclude=" + NOT_SIX_TIMES,
                "--spring.datasource.url=" + EmbeddedDatabase.url(ports.postgres()),
                "--spring.datasource.username=" + EmbeddedDatabase.USER,
                "--spring.datasource.password=",
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + ports.kafka(),
                "--gantry.fleet=" + state.fleet(),
                "--gantry.storage.connection-string=" + StandIns.azuriteConnection(ports.azurite()),
                "--gantry.deployer.registry.address=127.0.0.1:" + ports.registry(),
                "--gantry.deployer.build.workspace=" + state.resolve("builds"),
                "--scheduler.upload.folder=" + state.resolve("uploads"));
        return Stream.concat(own, neighbours).toArray(String[]::new);
    }
}
