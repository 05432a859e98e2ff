package io.gantry.scheduler.app;

import io.gantry.contract.registry.Instance;
import io.gantry.scheduler.catalog.App;
import io.gantry.scheduler.deployment.AppUrl;
import io.gantry.scheduler.instance.Instances;
import io.gantry.scheduler.version.Version;
import io.gantry.scheduler.version.Versions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Gathers what users see of an app. */
@Component
class AppViews {
    private final Versions versions;
    private final Instances instances;
    private final AppUrl urls;

    AppViews(Versions versions, Instances instances, AppUrl urls) {
        this.versions = versions;
        this.instances = instances;
        this.urls = urls;
    }

    AppView of(App app) {
        List<Instance> running = instances.of(app.name());
        List<AppView.OfService> services = versions.of(app.name()).stream()
                .collect(Collectors.groupingBy(Version::service, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(ofService -> AppView.OfService.of(ofService, running))
                .toList();
        return new AppView(app.name(), app.state(), urls.of(app.name()).orElse(null), app.createdAt(), services);
    }
}
