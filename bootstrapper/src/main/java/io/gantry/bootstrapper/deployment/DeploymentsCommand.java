package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry deployments}. */
@Command(name = "deployments", description = "List an app's deployments, the newest first.")
public final class DeploymentsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "APP", description = "The app.")
    private String app = "";

    public DeploymentsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(session.platform().get(Deployments.of(app)), Deployment[].class, this::tell);
    }

    private void tell(Deployment[] deployments) {
        var table = new Table("TOKEN", "MODE", "STATE", "SERVICES", "ASKED", "TOOK");
        for (Deployment deployment : deployments) {
            table.row(
                    deployment.token(),
                    deployment.mode(),
                    deployment.state(),
                    services(deployment.services()),
                    session.age(deployment.requestedAt()) + " ago",
                    deployment.finishedAt() == null
                            ? null
                            : Ages.exact(Duration.between(deployment.requestedAt(), deployment.finishedAt())));
        }
        table.lines().forEach(session.terminal()::data);
    }

    private static String services(List<Deployment.Service> services) {
        return services.stream()
                .map(service -> service.version() == null ? service.name() : service.name() + "=" + service.version())
                .collect(Collectors.joining(" "));
    }
}
