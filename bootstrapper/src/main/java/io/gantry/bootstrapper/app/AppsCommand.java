package io.gantry.bootstrapper.app;

import static io.gantry.bootstrapper.platform.PlatformService.SCHEDULER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code gantry apps}. */
@Command(name = "apps", description = "List the apps: where each is reached, and how many instances its services have.")
public final class AppsCommand implements Callable<Integer> {
    private final Session session;

    public AppsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(
                session.platform().get(Route.to(SCHEDULER, "apps")), App[].class, apps -> tell(List.of(apps)));
    }

    private void tell(List<App> apps) {
        if (apps.isEmpty()) {
            session.terminal().say("There is no app yet: an app appears with its first upload (gantry deploy).");
            return;
        }
        var table = new Table("APP", "STATE", "URL", "INSTANCES", "AGE");
        for (App app : apps) {
            table.row(app.name(), app.state(), app.url(), instances(app), session.age(app.createdAt()));
        }
        table.lines().forEach(session.terminal()::data);
    }

    private static String instances(App app) {
        return app.services().stream()
                .map(service -> service.name() + "=" + service.instances().size())
                .collect(Collectors.joining(" "));
    }
}
