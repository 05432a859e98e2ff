package io.gantry.bootstrapper.app;

import static io.gantry.bootstrapper.platform.PlatformService.SCHEDULER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Sizes;
import io.gantry.bootstrapper.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry app}. */
@Command(name = "app", description = "Show one app: its services, and the versions of each.")
public final class AppCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "APP", description = "The app.")
    private String name = "";

    public AppCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(session.platform().get(Route.to(SCHEDULER, "apps", name)), App.class, this::tell);
    }

    private void tell(App app) {
        if (app.url() != null) {
            session.terminal().data(app.url());
        }
        var table = new Table("SERVICE", "VERSION", "INSTANCES", "SIZE", "UPLOADED", "SHA-256");
        for (App.Service service : app.services()) {
            for (App.Version version : service.versions()) {
                table.row(
                        service.name(),
                        version.version(),
                        running(service, version),
                        Sizes.of(version.size()),
                        session.age(version.uploadedAt()) + " ago",
                        version.sha256().substring(0, 12));
            }
        }
        table.lines().forEach(session.terminal()::data);
    }

    private static long running(App.Service service, App.Version version) {
        return service.instances().stream()
                .filter(instance -> instance.version() == version.version())
                .count();
    }
}
