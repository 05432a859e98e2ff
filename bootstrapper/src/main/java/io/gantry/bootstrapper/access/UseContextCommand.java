package io.gantry.bootstrapper.access;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry context use}. */
@Command(name = "use", description = "Choose a fleet, or with --none the platform on this machine.")
final class UseContextCommand implements Callable<Integer> {
    private final Session session;

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    private static final class Choice {
        @Parameters(paramLabel = "FLEET", description = "The fleet, as gantry context list names it.")
        private @Nullable String name;

        @Option(names = "--none", required = true, description = "No fleet: the platform on this machine.")
        private boolean none;

        Optional<String> fleet() {
            return none ? Optional.empty() : Optional.ofNullable(name);
        }
    }

    UseContextCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<String> fleet = choice.fleet();
        if (fleet.isPresent()) {
            session.contexts().use(fleet.get());
            session.terminal().say("From now on the fleet %s is meant.".formatted(fleet.get()));
        } else {
            session.contexts().useNone();
            session.terminal().say("From now on the platform on this machine is meant.");
        }
        return ExitCode.OK.number();
    }
}
