package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.Mode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gantry stop}. */
@Command(name = "stop", description = "Stop and remove the instances of an app, or of some of its services.")
public final class StopCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private String app = "";

    @Parameters(index = "1..*", paramLabel = "SERVICE", description = "These services only.")
    private List<String> services = List.of();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public StopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var stopped = services.stream()
                .map(service -> new DeploymentRequest.Service(service, null))
                .toList();
        return new Deployments(session).request(app, Mode.STOP, stopped, wait);
    }
}
