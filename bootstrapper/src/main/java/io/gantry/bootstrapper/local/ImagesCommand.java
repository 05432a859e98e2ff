package io.gantry.bootstrapper.local;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gantry images}: the launcher's own verb. It is here to be found in help and completion. */
@Command(
        name = "images",
        description = "Build every image that docker-compose.yml needs (done by the launcher, ./gantry).",
        footer = {
            "%nThen the whole platform is brought up on this machine's Docker Engine by:",
            "  docker-compose --profile platform up -d"
        })
public final class ImagesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new GaveUpException(
                ExitCode.USAGE, "The launcher builds the images", "Use the launcher of your checkout: ./gantry images");
    }
}
