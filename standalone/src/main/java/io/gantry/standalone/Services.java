package io.gantry.standalone;

import io.gantry.deployer.DeployerApplication;
import io.gantry.lifecyclemanager.LifecycleManagerApplication;
import io.gantry.loadbalancer.LoadBalancerApplication;
import io.gantry.monitoring.MonitoringApplication;
import io.gantry.nodemanager.NodeManagerApplication;
import io.gantry.scheduler.SchedulerApplication;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The services as they start here: each the application context it always is, told where its neighbours are. */
record Services(Ports ports, StateDirectory state) {
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
        return all().stream().collect(Collectors.toMap(Service::name, service -> () -> start(service)));
    }

    private AutoCloseable start(Service service) {
        AutoCloseable context = service.application()
                .get()
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(arguments(service.port()));
        HttpAnswer.await(service.name(), service.readiness(), status -> status == 200);
        return context;
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
