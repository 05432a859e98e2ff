package io.gantry.standalone;

import io.gantry.loadbalancer.LoadBalancerApplication;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The services as they start here: each the application context it always is, told where its neighbours are. */
record Services(Ports ports) {

    /** By name, in the order of the flow. */
    Map<String, Callable<AutoCloseable>> starts() {
        Map<String, Callable<AutoCloseable>> starts = new LinkedHashMap<>();
        starts.put("load-balancer", service("load-balancer", LoadBalancerApplication::builder, ports.loadBalancer()));
        return starts;
    }

    /** Said now, before anything has been started for them. */
    void requirePorts() {
        Ports.requireFree(ports.loadBalancer(), "load-balancer");
    }

    private Callable<AutoCloseable> service(String name, Supplier<SpringApplicationBuilder> application, int port) {
        return () -> {
            AutoCloseable context = application
                    .get()
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .run(arguments(port));
            HttpAnswer.await(
                    name,
                    URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port)),
                    status -> status == 200);
            return context;
        };
    }

    /** What a service finds in its environment when it runs alone. */
    private String[] arguments(int port) {
        return List.of(
                        "--server.port=" + port,
                        "--spring.datasource.url=" + EmbeddedDatabase.url(ports.postgres()),
                        "--spring.datasource.username=" + EmbeddedDatabase.USER,
                        "--spring.datasource.password=",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + ports.kafka())
                .toArray(String[]::new);
    }
}
