package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.Consent;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import io.gantry.machines.Machine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gantry down}. */
@Command(name = "down", description = "Remove a fleet: its machines, all that runs and lies on them, its keys.")
public final class DownCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FleetOptions options = new FleetOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean sure;

    public DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Fleet fleet = options.existing(session);
        FleetFolder folder = options.folderOf(fleet);
        try (var _ = folder.lock();
                var laptop = new Laptop(fleet, folder, session)) {
            List<Machine> machines = laptop.provider().list();
            List<String> belongings = laptop.provider().belongings();
            if (belongings.isEmpty()) {
                session.terminal().say("The fleet %s has no machine: nothing to remove.".formatted(fleet.name()));
            } else {
                requireConsent(fleet, belongings);
            }
            remove(laptop, machines);
            requireNothingLeft(fleet, laptop);
        }
        folder.forget();
        session.forget(fleet.name());
        return ExitCode.OK.number();
    }

    private static void requireNothingLeft(Fleet fleet, Laptop laptop) {
        List<String> left = laptop.provider().belongings();
        if (!left.isEmpty()) {
            throw new GaveUpException(
                    ExitCode.FAILED,
                    "Of the fleet %s there is still: %s".formatted(fleet.name(), String.join(", ", left)),
                    "Say it again: gantry down");
        }
    }

    private void requireConsent(Fleet fleet, List<String> belongings) {
        if (!sure) {
            String names = String.join(", ", belongings);
            new Consent(session)
                    .byTyping(
                            fleet.name(),
                            "This removes the fleet %s: %s, and all that runs and lies on them"
                                    .formatted(fleet.name(), names),
                            "gantry down --yes");
        }
    }

    /** A machine that is somebody's stays; what the fleet had on it goes. */
    private void remove(Laptop laptop, List<Machine> machines) {
        var steps = new StepLines(session);
        SideBySide.run(machines, laptop::removeLifecycleManager);
        for (Machine machine : machines) {
            if (laptop.isSomebodys()) {
                steps.step(machine.name(), "cleared", () -> laptop.clear(machine));
            }
            steps.step(machine.name(), "removed", () -> laptop.provider().delete(machine.name()));
        }
        laptop.provider().deleteAll();
    }
}
