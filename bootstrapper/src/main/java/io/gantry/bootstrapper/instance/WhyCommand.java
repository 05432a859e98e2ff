package io.gantry.bootstrapper.instance;

import static io.gantry.bootstrapper.platform.PlatformService.LOAD_BALANCER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.contract.placement.Veto;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code gantry why}. */
@Command(
        name = "why",
        description = {
            "Say why an instance is on the node it is on, or why it has none.",
            "That is the load-balancer's decision as it was made: the node, all that would have done, why others would not."
        },
        footer = {"%nExamples:", "  gantry why shop-app-server-k3j5h2a9q0w8e7r6-0"})
public final class WhyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "INSTANCE", description = "The instance, as gantry ps lists it.")
    private String instance = "";

    private record Decision(Instant at, String reason, Detail detail) {
        /** @param chosen none: it has to wait */
        private record Detail(
                String deployment,
                int version,
                @Nullable Candidate chosen,
                List<Candidate> candidates,
                List<Veto> vetoes) {}
    }

    /** @param load how full its scarcer resource would be: 1 is full */
    private record Candidate(String node, double load, int replicas) {}

    public WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        JsonNode decisions =
                session.platform().get(Route.to(LOAD_BALANCER, "decisions").with("instance", instance));
        if (decisions.isEmpty()) {
            throw new GaveUpException(
                    ExitCode.NOT_FOUND,
                    "Nothing is known of a placement of %s".formatted(instance),
                    "gantry ps lists what runs, and gantry decisions what was decided lately.");
        }
        return session.show(decisions, Decision[].class, this::tell);
    }

    private void tell(Decision[] newestFirst) {
        tellNewest(newestFirst[0]);
        for (int i = 1; i < newestFirst.length; i++) {
            session.terminal().data("%s ago: %s".formatted(session.age(newestFirst[i].at()), newestFirst[i].reason()));
        }
    }

    private void tellNewest(Decision decision) {
        Terminal terminal = session.terminal();
        Decision.Detail detail = decision.detail();
        terminal.data("%s %s, decided %s ago for version %d in deployment %s"
                .formatted(
                        instance,
                        detail.chosen() == null
                                ? "waits for a node"
                                : "is on " + detail.chosen().node(),
                        session.age(decision.at()),
                        detail.version(),
                        detail.deployment()));
        terminal.data("because: " + decision.reason());
        if (!detail.candidates().isEmpty()) {
            candidates(detail).lines().forEach(terminal::data);
        }
        detail.vetoes().forEach(veto -> terminal.data("not %s: %s".formatted(veto.node(), veto.reason())));
    }

    private static Table candidates(Decision.Detail detail) {
        var table = new Table("NODE", "WOULD BE FULL", "INSTANCES THERE", "CHOSEN");
        for (Candidate candidate : detail.candidates()) {
            table.row(
                    candidate.node(),
                    "%.0f%%".formatted(candidate.load() * 100),
                    candidate.replicas(),
                    candidate.equals(detail.chosen()) ? "yes" : null);
        }
        return table;
    }
}
