package io.gantry.bootstrapper.deployment;

import static io.gantry.bootstrapper.platform.PlatformService.SCHEDULER;

import io.gantry.bootstrapper.platform.Answer;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Consent;
import io.gantry.bootstrapper.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry delete}. */
@Command(name = "delete", description = "Stop an app and remove it with its versions and schedules.")
public final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "APP", description = "The app.")
    private String app = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean sure;

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!sure) {
            new Consent(session)
                    .byTyping(
                            app,
                            "This stops %s and removes all its versions".formatted(app),
                            "gantry delete %s --yes".formatted(app));
        }
        Answer answer = session.platform().delete(Route.to(SCHEDULER, "apps", app));
        return new Deployments(session).followIfWanted(answer.locatedId().orElse(""), answer.content(), wait);
    }
}
