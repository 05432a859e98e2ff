package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineState;
import io.gantry.machines.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is told where bringing a fleet up broke off: it may cost something by now. */
final class Aftermath {
    /** A machine that dies says all kinds of things before nobody answers: that its engine is away, that a key is not let in. */
    private static final Set<Reason> LAST_WORDS = Set.of(Reason.NO_ENGINE, Reason.KEY_REFUSED, Reason.COMMAND_FAILED);

    private static final Duration DIES_WITHIN = Duration.ofSeconds(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

    private final MachineProvider provider;
    private final Terminal terminal;
    private final Patience patience;

    Aftermath(MachineProvider provider, Session session) {
        this.provider = provider;
        this.terminal = session.terminal();
        this.patience = new Patience(session::now, DIES_WITHIN, LOOKS_EVERY);
    }

    void tell(MachineFailure failure) {
        try {
            tellWhatIsThere();
            if (LAST_WORDS.contains(failure.reason())) {
                tellWhatIsOff();
            }
        } catch (MachineFailure silent) {
            terminal.say("What there is so far can't be said: " + silent.getMessage());
        }
    }

    private void tellWhatIsThere() {
        List<String> belongings = provider.belongings();
        if (!belongings.isEmpty()) {
            terminal.say("There so far: %s. Go on with the same command; remove it all with: gantry down"
                    .formatted(String.join(", ", belongings)));
        }
    }

    private void tellWhatIsOff() {
        patience.await(() -> Optional.of(off()).filter(names -> !names.isEmpty()))
                .ifPresent(names -> terminal.say("See that %s is switched on: its provider says that it is not."
                        .formatted(String.join(", ", names))));
    }

    private List<String> off() {
        return provider.list().stream()
                .filter(machine -> machine.state() == MachineState.STOPPED)
                .map(Machine::name)
                .toList();
    }
}
