package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.Mode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gantry build}. */
@Command(
        name = "build",
        description = {
            "Upload and build; gantry run then runs what was built.",
            "A folder or zip with a config.json is one service; a folder of such folders is an app of several."
        },
        footer = {"%nExamples:", "  gantry build . --app hello --wait -v"})
public final class BuildCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public BuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var uploaded = new Uploads(session, source.app()).all(source.sources());
        return new Deployments(session).request(source.app(), Mode.BUILD, uploaded, wait);
    }
}
