package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.Mode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gantry deploy}. */
@Command(
        name = "deploy",
        description = {
            "Upload, build and run.",
            "A folder or zip with a config.json is one service; a folder of such folders is an app of several."
        },
        footer = {
            "%nExamples:",
            "  gantry deploy . --app hello --wait",
            "  gantry deploy examples/shop --app shop --wait -v"
        })
public final class DeployCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public DeployCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var uploaded = new Uploads(session, source.app()).all(source.sources());
        return new Deployments(session).request(source.app(), Mode.BUILD_AND_RUN, uploaded, wait);
    }
}
