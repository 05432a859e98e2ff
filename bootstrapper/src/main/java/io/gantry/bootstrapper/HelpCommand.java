package io.gantry.bootstrapper;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry help}. */
@Command(name = "help", description = "Explain a verb, or the exit codes: gantry help exit-codes.")
final class HelpCommand implements Callable<Integer> {
    private static final List<String> EXIT_CODES = List.of("exit-codes");

    private final Session session;
    private final CommandLine gantry;

    @Parameters(paramLabel = "VERB", description = "A verb, or exit-codes.")
    private List<String> topic = List.of();

    HelpCommand(Session session, CommandLine gantry) {
        this.session = session;
        this.gantry = gantry;
    }

    @Override
    public Integer call() {
        if (topic.equals(EXIT_CODES)) {
            return exitCodes();
        }
        requireVerb();
        return gantry.execute(Stream.concat(topic.stream(), Stream.of("--help")).toArray(String[]::new));
    }

    private void requireVerb() {
        CommandLine known = gantry;
        for (String word : topic) {
            known = known.getSubcommands().get(word);
            if (known == null) {
                throw new GaveUpException(
                        ExitCode.USAGE,
                        "There is no verb %s".formatted(String.join(" ", topic)),
                        "All verbs: gantry --help");
            }
        }
    }

    private int exitCodes() {
        var table = new Table("CODE", "MEANS");
        for (ExitCode code : ExitCode.values()) {
            table.row(code.number(), code.meaning());
        }
        table.lines().forEach(session.terminal()::data);
        return ExitCode.OK.number();
    }
}
