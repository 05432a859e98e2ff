package io.gantry.bootstrapper.deadletter;

import io.gantry.bootstrapper.platform.Problem;
import io.gantry.bootstrapper.platform.RefusedException;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Consent;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code gantry dlt replay}. */
@Command(
        name = "replay",
        description = {
            "Send dead letters once more to the topics that they came from.",
            "Mend first what they failed for. Who has applied the message passes it over. A letter that may do harm is refused."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    private final Session session;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean sure;

    static final class Which {
        @Parameters(arity = "1..*", paramLabel = "ID", description = "The letters, as gantry dlt list names them.")
        private List<String> ids = List.of();

        @Option(
                names = "--topic",
                paramLabel = "TOPIC",
                description = "All of this topic that were not replayed yet, the oldest first.")
        private @Nullable String topic;
    }

    private record Sent(String id, String topic, int partition, long offset, String messageId) {}

    /** @param code why; stable, upper case with underscores */
    private record Refused(String id, String code, String detail) {}

    /** @param replayed as the service answered */
    private record Report(List<JsonNode> replayed, List<Refused> refused) {}

    ReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> ids = which.topic == null ? which.ids : lettersOf(which.topic);
        if (!ids.isEmpty() && !sure) {
            new Consent(session).byYes(question(ids), "gantry dlt replay %s --yes".formatted(asTyped()));
        }
        var report = new Report(new ArrayList<>(), new ArrayList<>());
        ids.forEach(id -> replay(id, report, ids.size() == 1));
        session.show(session.tree(report), Report.class, _ -> tell(report));
        return (report.refused().isEmpty() ? ExitCode.OK : ExitCode.CONFLICT).number();
    }

    private static String question(List<String> ids) {
        return ids.size() == 1
                ? "Replay %s?".formatted(ids.getFirst())
                : "Replay %d dead letters?".formatted(ids.size());
    }

    private String asTyped() {
        return which.topic == null ? String.join(" ", which.ids) : "--topic " + which.topic;
    }

    private List<String> lettersOf(String topic) {
        List<String> ids = new ArrayList<>();
        Route route = DltCommand.LETTERS.with("topic", topic).with("limit", PAGE);
        Letter.Page page = page(route);
        page.deadLetters().forEach(letter -> ids.add(letter.id()));
        while (page.next() != null) {
            page = page(route.with("before", page.next()));
            page.deadLetters().forEach(letter -> ids.add(letter.id()));
        }
        return ids.reversed();
    }

    private Letter.Page page(Route route) {
        return session.read(session.platform().get(route), Letter.Page.class);
    }

    /** One of several that is refused does not keep the others. */
    private void replay(String id, Report report, boolean alone) {
        try {
            report.replayed().add(session.platform().post(DltCommand.LETTERS.below(id, "replay"), Map.of()));
        } catch (RefusedException refused) {
            if (alone) {
                throw refused;
            }
            Problem problem = refused.problem();
            report.refused().add(new Refused(id, problem.code(), problem.sentence()));
        }
    }

    private void tell(Report report) {
        if (report.replayed().isEmpty() && report.refused().isEmpty()) {
            session.terminal().say("No dead letters.");
        }
        for (JsonNode answer : report.replayed()) {
            Sent sent = session.read(answer, Sent.class);
            session.terminal()
                    .say("Replayed %s: message %s, now %s, partition %d, offset %d"
                            .formatted(sent.id(), sent.messageId(), sent.topic(), sent.partition(), sent.offset()));
        }
        report.refused()
                .forEach(one -> session.terminal()
                        .say("%s %s was not replayed: %s %s"
                                .formatted(session.terminal().bad("error"), one.id(), one.code(), one.detail())));
    }
}
