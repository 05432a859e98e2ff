package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Table;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry deployments}. */
@Command(
        name = "deployments",
        description =
                "List an app's deployments, the newest first; or those of any app that should be over and are not.")
public final class DeploymentsCommand implements Callable<Integer> {
    private final Session session;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One of the two. */
    private static final class Which {
        @Parameters(paramLabel = "APP", description = "The app.")
        private String app = "";

        @Option(
                names = "--stuck",
                description = "Those past their deadline that have not ended: none, when all is well.")
        private boolean stuck;
    }

    public DeploymentsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return which.stuck
                ? session.show(session.platform().get(Deployments.stuck()), Deployment[].class, this::tellStuck)
                : session.show(session.platform().get(Deployments.of(which.app)), Deployment[].class, this::tell);
    }

    private void tellStuck(Deployment[] deployments) {
        if (deployments.length == 0) {
            session.terminal().data("Nothing is stuck.");
            return;
        }
        var table = new Table("TOKEN", "APP", "MODE", "STATE", "SERVICES", "OVERDUE");
        for (Deployment deployment : deployments) {
            table.row(
                    deployment.token(),
                    deployment.app(),
                    deployment.mode(),
                    deployment.state(),
                    services(deployment.services()),
                    Ages.exact(Duration.between(deployment.deadline(), session.now())));
        }
        table.lines().forEach(session.terminal()::data);
    }

    private void tell(Deployment[] deployments) {
        if (deployments.length == 0) {
            session.terminal().say("%1$s was never deployed. What was uploaded: gantry app %1$s".formatted(which.app));
            return;
        }
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
