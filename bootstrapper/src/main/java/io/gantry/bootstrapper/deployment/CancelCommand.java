package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code gantry cancel}. */
@Command(name = "cancel", description = "End a deployment that is in progress; what ran before goes on.")
public final class CancelCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = "The deployment, as gantry deployments lists it.")
    private String token = "";

    public CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JsonNode answer = session.platform().post(Deployments.route(token).below("cancel"), Map.of());
        return session.show(
                answer, JsonNode.class, _ -> session.terminal().say("Asked deployment " + token + " to end."));
    }
}
