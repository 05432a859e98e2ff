package io.gantry.machines.docker;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineShell;
import io.gantry.machines.Patience;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.remote.Unreachable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a Docker Engine ready on a machine, over SSH. Each step looks first and acts only where something is missing, so a
 * preparation that was interrupted, or that is done already, is simply run again.
 */
public final class DockerPreparation {
    private static final Duration LOOKS_EVERY = Duration.ofMillis(500);

    private final PreparationSettings settings;
    private final FleetKeys keys;
    private final InstantSource clock;
    private final PreparationProgress progress;
    private final Patience patience;

    /** @param keys the pair by which the fleet's services will reach the engine */
    public DockerPreparation(
            PreparationSettings settings, FleetKeys keys, InstantSource clock, PreparationProgress progress) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.progress = progress;
        this.patience = new Patience(clock, settings.patience(), LOOKS_EVERY);
    }

    /**
     * @param privateKey that opens the machine to a user who is root or may become it
     * @throws MachineFailure with the step that could not be taken
     */
    public PreparedEngine prepare(Machine machine, Path privateKey) {
        var steps = new Steps(machine.name());
        try (MachineShell shell = MachineShell.of(machine, privateKey)) {
            steps.look("SSH answers", () -> awaitSsh(shell));
            steps.look("system", () -> system(shell));
            steps.look("free disk", () -> free(shell).toString());
            steps.take("engine's settings", () -> new EngineSettings(settings).ensure(shell));
            steps.take("engine installed", () -> new EnginePackage(patience).ensure(shell));
            steps.take("engine running", () -> EngineProcess.ensure(shell));
            steps.take("user " + EngineUser.NAME, () -> EngineUser.ensure(shell, keys.publicKey()));
        }
        URI uri = PreparedEngine.uriOf(machine);
        String version = steps.look("engine answers", () -> engineVersion(machine, uri));
        return new PreparedEngine(uri, machine.login().hostKey(), version, steps.reports);
    }

    /** A machine that was switched on a moment ago has no SSH server yet. */
    private String awaitSsh(MachineShell shell) {
        var waits = new Waits(shell.machine());
        return patience.await(() -> waits.unlessMending(() -> {
                    shell.knock();
                    return "as " + shell.user();
                }))
                .orElseThrow(waits::lastFailure);
    }

    private static String system(MachineShell shell) {
        var system = OperatingSystem.parse(shell.look("cat /etc/os-release").out());
        system.requireSupported(shell.machine());
        return system.name();
    }

    private Memory free(MachineShell shell) {
        return FreeDisk.require(shell, settings.minimumFree());
    }

    /** As those who will use it ask: by the fleet's key, as the engine's user, through its socket. */
    private String engineVersion(Machine machine, URI uri) {
        var waits = new Waits(machine.name());
        try (Engines engines = new Engines(keys.privateKey())) {
            var engine = engines.of(uri, machine.login().hostKey().toString());
            return patience.await(() -> waits.unlessMending(() -> versionOf(machine, engine)))
                    .orElseThrow(waits::lastFailure);
        }
    }

    private static String versionOf(Machine machine, Engine engine) {
        try {
            return String.valueOf(engine.docker().versionCmd().exec().getVersion());
        } catch (Unreachable failure) {
            throw MachineFailure.of(machine.name(), failure);
        }
    }

    /** Tries whose failures may mend themselves; the progress tells of the first. */
    private final class Waits {
        private final String machine;
        private Optional<MachineFailure> last = Optional.empty();

        Waits(String machine) {
            this.machine = machine;
        }

        <T> Optional<T> unlessMending(Supplier<T> attempt) {
            try {
                return Optional.of(attempt.get());
            } catch (MachineFailure failure) {
                if (!failure.reason().mendsItself()) {
                    throw failure;
                }
                if (last.isEmpty()) {
                    progress.waiting(machine, String.valueOf(failure.getMessage()));
                }
                last = Optional.of(failure);
                return Optional.empty();
            }
        }

        MachineFailure lastFailure() {
            return last.orElseThrow();
        }
    }

    /** What was done so far, told as it ends. */
    private final class Steps {
        private final String machine;
        private final List<StepReport> reports = new ArrayList<>();

        Steps(String machine) {
            this.machine = machine;
        }

        void take(String name, Supplier<Outcome> step) {
            Instant began = clock.instant();
            ended(name, step.get(), "", began);
        }

        String look(String name, Supplier<String> step) {
            Instant began = clock.instant();
            String seen = step.get();
            ended(name, Outcome.ALREADY_THERE, seen, began);
            return seen;
        }

        private void ended(String name, Outcome outcome, String detail, Instant began) {
            var report = new StepReport(name, outcome, detail, Duration.between(began, clock.instant()));
            reports.add(report);
            progress.ended(machine, report);
        }
    }
}
