package io.gantry.platform;

import io.gantry.deployer.DeployerApplication;
import io.gantry.lifecyclemanager.LifecycleManagerApplication;
import io.gantry.loadbalancer.LoadBalancerApplication;
import io.gantry.monitoring.MonitoringApplication;
import io.gantry.nodemanager.NodeManagerApplication;
import io.gantry.scheduler.SchedulerApplication;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Our services by name. */
final class Services {
    private static final Map<String, Supplier<SpringApplicationBuilder>> ALL = new TreeMap<>(Map.of(
            "lifecycle-manager", LifecycleManagerApplication::builder,
            "scheduler", SchedulerApplication::builder,
            "deployer", DeployerApplication::builder,
            "load-balancer", LoadBalancerApplication::builder,
            "node-manager", NodeManagerApplication::builder,
            "monitoring", MonitoringApplication::builder));

    private Services() {}

    static Iterable<String> names() {
        return ALL.keySet();
    }

    static Optional<SpringApplicationBuilder> named(@Nullable String name) {
        return Optional.ofNullable(name)
                .map(ALL::get)
                .map(application -> application.get().bannerMode(Banner.Mode.OFF));
    }
}
