package io.gantry.lifecyclemanager.reconciliation;

import com.github.dockerjava.api.model.Info;
import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.machine.MachineTable;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.lifecyclemanager.replica.ReplicaTable;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.docker.DockerPreparation;
import io.gantry.machines.docker.Outcome;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.docker.PreparedEngine;
import io.gantry.machines.docker.StepReport;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.machines.platform.ServiceContainer;
import io.gantry.remote.Engines;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Takes steps. Each looks first, so that one that was taken before, by whomever, costs little. */
@Component
@OnlyInFleet
class Execution {
    private final Providers providers;
    private final MachineSight sight;
    private final Descriptions descriptions;
    private final MachineTable machines;
    private final ReplicaTable replicas;
    private final Engines engines;
    private final Lease lease;
    private final InstantSource clock;

    Execution(
            Providers providers,
            MachineSight sight,
            Descriptions descriptions,
            MachineTable machines,
            ReplicaTable replicas,
            Engines engines,
            Lease lease,
            InstantSource clock) {
        this.providers = providers;
        this.sight = sight;
        this.descriptions = descriptions;
        this.machines = machines;
        this.replicas = replicas;
        this.engines = engines;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * @param look by which it was planned
     * @param doing is told what is done just now
     * @return what was done, for people
     */
    String take(Step step, Look look, long fencing, Consumer<String> doing) {
        Fleet fleet = look.document().fleet();
        return switch (step) {
            case Step.CreateMachine(var machine) -> create(fleet, machine, fencing);
            case Step.StartMachine(var machine) -> at(providers.of(fleet).start(machine));
            case Step.ResizeMachine(var machine) ->
                resize(fleet, fleet.machine(machine).orElseThrow(), fencing);
            case Step.NoteSize(var machine) -> noteSize(fleet.machine(machine).orElseThrow(), fencing);
            case Step.PrepareDocker(var machine) -> prepare(look, machine, fencing, doing);
            case Step.EnsureService(var service, var machine) -> ensure(look, new Replica(service, machine));
            case Step.RemoveService(var service, var machine) -> {
                sight.host(fleet, known(machine)).remove(service);
                yield "its data, if it has any, stays";
            }
            case Step.DeleteMachine(var machine) -> {
                providers.ofLeaving(machine, fleet).delete(machine);
                lease.fenced(fencing, () -> machines.remove(machine));
                yield "deleted";
            }
            case Step.RestartMachine(var machine) -> at(providers.of(fleet).restart(machine));
            case Step.RestartService(var service, var machine) -> {
                sight.host(fleet, known(machine)).restart(service);
                lease.fenced(fencing, () -> replicas.restarted(new Replica(service, machine)));
                yield "restarted";
            }
        };
    }

    private String create(Fleet fleet, String name, long fencing) {
        Machine created =
                providers.of(fleet).create(Providers.wanted(fleet.machine(name).orElseThrow()));
        lease.fenced(fencing, () -> machines.saw(name, Seen.Power.ON.name(), created.address(), null));
        return at(created);
    }

    /** What its provider refuses is told, and not asked for again by itself: each try may cost the machine a restart. */
    private String resize(Fleet fleet, io.gantry.fleet.Machine wanted, long fencing) {
        try {
            providers.of(fleet).resize(Providers.wanted(wanted));
        } catch (MachineFailure refused) {
            String why = "%s Say it again with: gantry up".formatted(refused.getMessage());
            lease.fenced(fencing, () -> machines.sizeRefused(wanted.name(), Resizes.sizeOf(wanted), why));
            throw refused;
        }
        return noteSize(wanted, fencing);
    }

    private String noteSize(io.gantry.fleet.Machine machine, long fencing) {
        lease.fenced(fencing, () -> machines.sized(machine.name(), Objects.requireNonNull(machine.size())));
        return "it is " + Resizes.sizeOf(machine);
    }

    private static String at(Machine machine) {
        return "at " + machine.address();
    }

    private String prepare(Look look, String name, long fencing, Consumer<String> doing) {
        Fleet fleet = look.document().fleet();
        String registry = Observation.trusted(registry(look));
        MachineProvider provider = providers.of(fleet);
        Machine machine = provider.find(name).orElseThrow(() -> MachineFailure.noSuchMachine(name));
        DockerPreparation preparation = new DockerPreparation(
                PreparationSettings.forRegistry(registry.isEmpty() ? null : registry),
                providers.keys(fleet.name()),
                clock,
                telling(doing));
        PreparedEngine prepared = preparation.prepare(machine, provider.privateKey(name));
        Info info = engines.of(prepared.uri(), prepared.hostKey().toString())
                .docker()
                .infoCmd()
                .exec();
        io.gantry.fleet.MachineSize size =
                fleet.machine(name).map(io.gantry.fleet.Machine::size).orElse(null);
        KnownMachine before = known(name);
        // One that is not as large as it is to be yet is as large as it was.
        double cpus = size == null
                ? Objects.requireNonNullElse(info.getNCPU(), 1)
                : Objects.requireNonNullElse(before.cpus(), size.cpus());
        Memory memory = size == null
                ? new Memory(Objects.requireNonNullElse(info.getMemTotal(), 0L))
                : Objects.requireNonNullElse(before.memory(), size.memory());
        lease.fenced(fencing, () -> {
            machines.saw(name, Seen.Power.ON.name(), machine.address(), null);
            machines.prepared(name, machine.login(), prepared.uri(), registry, cpus, memory, clock.instant());
        });
        return "Docker Engine %s at %s".formatted(prepared.version(), prepared.uri());
    }

    private static PreparationProgress telling(Consumer<String> doing) {
        return new PreparationProgress() {
            @Override
            public void waiting(String machine, String why) {
                doing.accept(why);
            }

            @Override
            public void ended(String machine, StepReport step) {
                if (step.outcome() == Outcome.DONE) {
                    doing.accept(step.step());
                }
            }
        };
    }

    private String ensure(Look look, Replica replica) {
        ServiceContainer container = descriptions
                .of(look.document(), look.desired().assignment(), look.addresses(), replica)
                .orElseThrow();
        Outcome outcome = sight.host(look.document().fleet(), known(replica.machine()), registry(look))
                .ensure(container);
        return outcome == Outcome.DONE ? "started from " + container.image() : "it runs already";
    }

    private RegistryAccess registry(Look look) {
        return descriptions
                .registry(look.document(), look.desired().assignment(), look.addresses())
                .orElseThrow();
    }

    /** As it is known now: it may have been prepared since the look. */
    KnownMachine known(String machine) {
        return machines.find(machine).orElseThrow(() -> MachineFailure.noSuchMachine(machine));
    }
}
