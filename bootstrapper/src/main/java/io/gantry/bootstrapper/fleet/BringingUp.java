package io.gantry.bootstrapper.fleet;

import static io.gantry.bootstrapper.platform.PlatformService.LIFECYCLE_MANAGER;

import io.gantry.bootstrapper.platform.RefusedException;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.platform.UnreachableException;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.contract.fleet.KeyText;
import io.gantry.fleet.Fleet;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.platform.CodeArchive;
import io.gantry.machines.platform.FirstKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A fleet, brought to what it is to be: what it begins with from here, all else by its lifecycle manager. */
final class BringingUp {
    private static final Route FLEET = Route.to(LIFECYCLE_MANAGER, "fleet");
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Session session;
    private final Fleet fleet;
    private final FleetFolder folder;
    private final Laptop laptop;
    private final CodeArchive code;
    private final Credentials credentials;

    /** @throws GaveUpException if a file that the fleet names can't be read */
    BringingUp(Session session, Fleet fleet, FleetFolder folder, Laptop laptop, CodeArchive code) {
        this.session = session;
        this.fleet = fleet;
        this.folder = folder;
        this.laptop = laptop;
        this.code = code;
        this.credentials = new Credentials(fleet, folder);
    }

    /** Whether the lifecycle manager says that the fleet is what it is to be, and runs this code. */
    boolean isDone() throws IOException {
        if (credentials.haveChanged()
                || folder.remembered().filter(fleet::equals).isEmpty()
                || !session.goTo(fleet.name())) {
            return false;
        }
        try {
            JsonNode known = session.platform().get(FLEET);
            return session.read(known.path("fleet"), Fleet.class).equals(fleet)
                    && known.path("platformImage").asString("").endsWith(":" + code.sha256())
                    && new Reconciliation(session).isSettled();
        } catch (UnreachableException | RefusedException notYet) {
            return false;
        }
    }

    void run() throws IOException, InterruptedException {
        run(Groundwork.NONE);
    }

    /** @param groundwork before anything of the platform is started */
    void run(Groundwork groundwork) throws IOException, InterruptedException {
        Instant began = session.now();
        folder.remember(fleet);
        KeyText key = folder.operatorKey();
        credentials.keepGenerated();
        Founded founded = new Founding(fleet, credentials, laptop, code, new StepLines(session), session::now)
                .found(new FirstKey(key.id(), key.sha256()), groundwork);
        credentials.keep();
        session.use(
                fleet.name(),
                List.of(founded.lifecycleManager()),
                key.text(),
                laptop.reach().gates());
        var reconciliation = new Reconciliation(session);
        long before = reconciliation.lastStep();
        tell(founded);
        reconciliation.follow(before, PATIENCE);
        meetOtherGates();
        session.use(
                fleet.name(),
                new FleetTables(session).lifecycleManagers(),
                key.text(),
                laptop.reach().gates());
        conclude(Duration.between(began, session.now()));
    }

    /** The fleet is up without them, too. */
    private void meetOtherGates() {
        try {
            laptop.reach().meetOthers();
        } catch (MachineFailure notMet) {
            session.terminal()
                    .say("There may be fewer ways into the fleet than there could be: " + notMet.getMessage());
        }
    }

    private void tell(Founded founded) {
        var machines = founded.machines().stream()
                .map(machine -> Map.of(
                        "name",
                        machine.name(),
                        "hostKey",
                        machine.login().hostKey().toString()))
                .toList();
        session.platform()
                .put(FLEET, Map.of("fleet", fleet, "platformImage", founded.platformImage(), "machines", machines));
    }

    private void conclude(Duration took) {
        Terminal terminal = session.terminal();
        terminal.say(terminal.good("The fleet %s is up".formatted(fleet.name())) + ", after " + Ages.exact(took) + ".");
        terminal.say("  gantry deploy examples/shop --app shop --wait    # deploy an app");
        terminal.say("  gantry status                                    # see machines and services");
        terminal.say("  gantry down                                      # remove it all");
    }
}
