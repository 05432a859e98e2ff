package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.fleet.Fleet;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gantry recover}: as it was, without a look at what the file says now. */
@Command(
        name = "recover",
        description = "Bring back a fleet whose lifecycle manager is gone; what runs is taken up as it is.")
public final class RecoverCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final FleetOptions options = new FleetOptions();

    @Mixin
    private final PlatformCode code = new PlatformCode();

    public RecoverCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        FleetFolder folder = options.folderOf(options.existing(session));
        Fleet fleet = folder.remembered()
                .orElseThrow(() -> new GaveUpException(
                        ExitCode.NOT_FOUND,
                        "This computer knows no fleet in " + folder.path(),
                        "A new one is brought up with: gantry up"));
        try (var _ = folder.lock();
                var laptop = new Laptop(fleet, folder, session)) {
            new BringingUp(session, fleet, folder, laptop, code.archive()).run();
        }
        return ExitCode.OK.number();
    }
}
