package io.gantry.scheduler.app;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.scheduler.catalog.Apps;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps")
class AppController {
    private final Apps apps;
    private final AppViews views;
    private final Removals removals;

    AppController(Apps apps, AppViews views, Removals removals) {
        this.apps = apps;
        this.views = views;
        this.removals = removals;
    }

    @GetMapping
    List<AppView> all() {
        return apps.all().stream().map(views::of).toList();
    }

    @GetMapping("/{app}")
    AppView one(@PathVariable AppName app) {
        return views.of(apps.require(app));
    }

    /** The app is gone when the deployment that stops it, named by {@code Location}, has succeeded. */
    @DeleteMapping("/{app}")
    ResponseEntity<AppView> delete(@PathVariable AppName app) {
        DeploymentToken stop = removals.begin(app);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/deployments/" + stop))
                .body(views.of(apps.require(app)));
    }
}
