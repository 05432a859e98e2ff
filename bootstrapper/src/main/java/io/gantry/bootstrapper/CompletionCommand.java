package io.gantry.bootstrapper;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry completion}. */
@Command(
        name = "completion",
        description = "Print the script that completes verbs and options when TAB is pressed.",
        footer = {
            "%nAdd to ~/.bashrc or ~/.zshrc:",
            "  source <(gantry completion bash)",
            "  source <(gantry completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Session session;
    private final CommandLine gantry;

    enum Shell {
        bash(""),
        /** Its own bridge to completions for bash needs this first. */
        zsh("autoload -U compinit && compinit\n");

        private final String preparation;

        Shell(String preparation) {
            this.preparation = preparation;
        }
    }

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    CompletionCommand(Session session, CommandLine gantry) {
        this.session = session;
        this.gantry = gantry;
    }

    @Override
    public Integer call() {
        session.terminal().data(shell.preparation + AutoComplete.bash(gantry.getCommandName(), gantry));
        return ExitCode.OK.number();
    }
}
