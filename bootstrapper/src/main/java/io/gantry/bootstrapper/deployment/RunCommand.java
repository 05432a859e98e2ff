package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.Mode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gantry run}. */
@Command(
        name = "run",
        description = "Run what was built before, in place of what runs now.",
        footer = {
            "%nExamples:",
            "  gantry run shop --wait",
            "  gantry run shop app-server=3 --wait   # back to version 3"
        })
public final class RunCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private String app = "";

    @Parameters(
            index = "1..*",
            paramLabel = "SERVICE[=VERSION]",
            converter = ServiceVersion.Converter.class,
            description = "What to run (default: the newest version of every service).")
    private List<ServiceVersion> services = List.of();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Deployments(session)
                .request(
                        app,
                        Mode.RUN,
                        services.stream().map(ServiceVersion::requested).toList(),
                        wait);
    }
}
