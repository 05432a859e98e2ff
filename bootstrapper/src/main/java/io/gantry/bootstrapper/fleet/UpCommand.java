package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.Consent;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import io.gantry.machines.MachineFailure;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gantry up}. */
@Command(
        name = "up",
        description = "Bring a fleet up, or to what its file says now: machines, Docker, the whole platform.")
public final class UpCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FleetOptions options = new FleetOptions();

    @Mixin
    private final PlatformCode code = new PlatformCode();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean sure;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    public UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Fleet fleet = options.fleet();
        FleetFolder folder = options.folderOf(fleet);
        try (var _ = folder.lock();
                var laptop = new Laptop(fleet, folder, session)) {
            var bringingUp = new BringingUp(session, fleet, folder, laptop, code.archive());
            if (bringingUp.isDone()) {
                session.terminal().say("Nothing to do: the fleet %s is as it is to be.".formatted(fleet.name()));
                return ExitCode.OK.number();
            }
            FleetPlan plan = FleetPlan.of(fleet, laptop.provider());
            plan.show(session.terminal());
            tellErrands(laptop);
            requireNoObstacle(fleet, laptop);
            if (!dryRun) {
                requireConsent(fleet);
                bringUp(plan, bringingUp, laptop);
            }
        }
        return ExitCode.OK.number();
    }

    private void bringUp(FleetPlan plan, BringingUp bringingUp, Laptop laptop)
            throws IOException, InterruptedException {
        try {
            var steps = new StepLines(session);
            plan.resizedFromHere()
                    .forEach(machine -> steps.step(
                            machine.name(),
                            "machine resized",
                            () -> laptop.provider().resize(Machines.wanted(machine))));
            bringingUp.run();
        } catch (MachineFailure failure) {
            new Aftermath(laptop.provider(), session).tell(failure);
            throw failure;
        }
    }

    private void tellErrands(Laptop laptop) {
        laptop.provider().errands().forEach(errand -> session.terminal().say("To be done by you: " + errand));
    }

    private static void requireNoObstacle(Fleet fleet, Laptop laptop) {
        List<String> obstacles = laptop.provider()
                .obstacles(fleet.machines().stream().map(Machines::wanted).toList());
        if (!obstacles.isEmpty()) {
            throw new GaveUpException(
                    ExitCode.CONFLICT,
                    "The fleet %s can't be made as it is written: %s"
                            .formatted(fleet.name(), String.join("; ", obstacles)),
                    "Nothing was made. Change the fleet's file, then say it again.");
        }
    }

    private void requireConsent(Fleet fleet) {
        if (!sure) {
            new Consent(session).byYes("Bring up the fleet %s?".formatted(fleet.name()), "gantry up --yes");
        }
    }
}
