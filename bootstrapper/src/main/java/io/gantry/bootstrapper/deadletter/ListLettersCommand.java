package io.gantry.bootstrapper.deadletter;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gantry dlt list}. */
@Command(name = "list", description = "List the dead letters that were not replayed yet, the newest first.")
final class ListLettersCommand implements Callable<Integer> {
    private static final int KEY_WIDTH = 40;
    private static final int REASON_WIDTH = 100;

    private final Session session;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those of this topic.")
    private @Nullable String topic;

    @Option(names = "--all", description = "Also those that were replayed.")
    private boolean all;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default: 50).")
    private int limit;

    @Option(names = "--before", paramLabel = "ID", description = "Only those that come after this one in the list.")
    private @Nullable String before;

    ListLettersCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = DltCommand.LETTERS
                .with("topic", topic)
                .with("all", all ? true : null)
                .with("limit", limit)
                .with("before", before);
        return session.show(session.platform().get(route), Letter.Page.class, this::tell);
    }

    private void tell(Letter.Page page) {
        if (page.deadLetters().isEmpty()) {
            session.terminal()
                    .say(all ? "No dead letters." : "No dead letters. --all lists those that were replayed, too.");
            return;
        }
        var table = new Table("WHEN", "CONSUMER", "TYPE", "KEY", "REASON", "REPLAYED", "LETTER");
        for (Letter letter : page.deadLetters()) {
            table.row(
                    session.age(letter.failedAt()) + " ago",
                    letter.consumer(),
                    letter.type(),
                    start(letter.key(), KEY_WIDTH),
                    start(letter.reason().sentence(), REASON_WIDTH),
                    letter.replayedAt() == null ? null : session.age(letter.replayedAt()) + " ago",
                    letter.id());
        }
        table.lines().forEach(session.terminal()::data);
        if (page.next() != null) {
            session.terminal().say("There are older ones: gantry dlt list --before " + page.next());
        }
    }

    private static @Nullable String start(@Nullable String text, int width) {
        return text == null || text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
