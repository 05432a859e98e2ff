package io.gantry.bootstrapper.deadletter;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Printable;
import io.gantry.bootstrapper.terminal.Sizes;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry dlt show}. */
@Command(name = "show", description = "Show a dead letter: why it is one, and the message.")
final class ShowLetterCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The letter, as gantry dlt list names it.")
    private String id = "";

    @Option(names = "--full", description = "The whole message, however long (else its first 64 KiB).")
    private boolean full;

    ShowLetterCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = DltCommand.LETTERS.below(id).with("payload", full ? "FULL" : null);
        return session.show(session.platform().get(route), Letter.class, this::tell);
    }

    private void tell(Letter letter) {
        line("Letter", letter.id());
        line("Message", letter.messageId());
        line("Type", letter.type());
        line("Key", letter.key());
        line("Size", Sizes.of(letter.size()));
        line("Sent", "%s (%s ago)".formatted(letter.sentAt(), session.age(letter.sentAt())));
        line("Failed", "%s (%s ago)".formatted(letter.failedAt(), session.age(letter.failedAt())));
        line("Consumer", letter.consumer());
        line("Tries", Integer.toString(letter.tries()));
        line("Reason", letter.reason().code() + " " + letter.reason().sentence());
        line(
                "Replayed",
                letter.replayedAt() == null ? "never" : letter.replayedAt().toString());
        if (letter.replayableUntil() != null) {
            line("Until", letter.replayableUntil() + " it can be replayed");
        }
        if (letter.payload() != null) {
            tell(letter.payload());
        }
    }

    private void line(String name, @Nullable String value) {
        session.terminal().data("%-9s %s".formatted(name, Printable.line(value == null ? "-" : value)));
    }

    private void tell(Letter.Payload payload) {
        session.terminal().data("");
        if (payload.content() != null) {
            session.terminal()
                    .data(Printable.text(
                            payload.encoding().equals("JSON")
                                    ? payload.content().toPrettyString()
                                    : payload.content().asString()));
        }
        session.terminal().say(about(payload));
    }

    private static String about(Letter.Payload payload) {
        return switch (payload.encoding()) {
            case "JSON" -> "(JSON)";
            case "NONE" -> "(The message is empty.)";
            default ->
                payload.whole() ? "(bytes, in base64)" : "(the first bytes, in base64; --full shows all that was kept)";
        };
    }
}
