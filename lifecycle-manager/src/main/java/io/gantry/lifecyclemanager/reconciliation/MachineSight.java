package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.PlatformService;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.platform.ObservedService;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.machines.platform.ServiceHost;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import io.gantry.remote.Unreachable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Looks at machines, all at the same time. One that does not answer in time is looked at on, and not waited for. */
@Component
@OnlyInFleet
class MachineSight implements DisposableBean {
    /** To look, and to end what runs, no image is needed. */
    private static final RegistryAccess NO_REGISTRY = new RegistryAccess("", null, null, false);

    private final Engines engines;
    private final Readiness readiness;
    private final OwnSettings settings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Future<Sight>> underWay = new ConcurrentHashMap<>();

    MachineSight(Engines engines, Readiness readiness, OwnSettings settings) {
        this.engines = engines;
        this.readiness = readiness;
        this.settings = settings;
    }

    Map<String, Sight> of(Fleet fleet, Iterable<KnownMachine> machines) {
        long end = System.nanoTime() + settings.reconciliation().answersWithin().toNanos();
        machines.forEach(machine -> {
            if (machine.engine() != null && machine.hostKey() != null) {
                underWay.computeIfAbsent(machine.name(), _ -> threads.submit(() -> look(fleet, machine)));
            }
        });
        Map<String, Sight> sights = new HashMap<>();
        underWay.forEach((machine, look) -> sights.put(machine, await(machine, look, end - System.nanoTime())));
        return sights;
    }

    private Sight await(String machine, Future<Sight> look, long nanos) {
        try {
            Sight sight = look.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
            underWay.remove(machine);
            return sight;
        } catch (TimeoutException slow) {
            Duration limit = settings.reconciliation().answersWithin();
            return new Sight.Silent("%s has not answered within %s".formatted(machine, limit), false);
        } catch (ExecutionException failed) {
            underWay.remove(machine);
            return new Sight.Silent("%s can't be looked at: %s".formatted(machine, failed.getCause()), false);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new Sight.Silent("the lifecycle manager ends", false);
        }
    }

    private Sight look(Fleet fleet, KnownMachine machine) {
        try {
            Engine engine = engine(machine);
            Map<String, SeenService> services = new HashMap<>();
            for (ObservedService service : host(fleet, machine, NO_REGISTRY).observe()) {
                services.put(service.service(), seen(fleet, machine, service));
            }
            return new Sight.Running(services, instances(fleet, engine));
        } catch (MachineFailure failure) {
            return new Sight.Silent(
                    String.valueOf(failure.getMessage()), failure.reason() == MachineFailure.Reason.NO_ENGINE);
        } catch (Unreachable failure) {
            MachineFailure told = MachineFailure.of(machine.name(), failure);
            return new Sight.Silent(
                    String.valueOf(told.getMessage()), told.reason() == MachineFailure.Reason.NO_ENGINE);
        }
    }

    ServiceHost host(Fleet fleet, KnownMachine machine, RegistryAccess registry) {
        return new ServiceHost(engine(machine), fleet.name(), machine.name(), registry);
    }

    ServiceHost host(Fleet fleet, KnownMachine machine) {
        return host(fleet, machine, NO_REGISTRY);
    }

    Engine engine(KnownMachine machine) {
        if (machine.engine() == null) {
            throw new MachineFailure(
                    MachineFailure.Reason.NO_ENGINE, "Docker is not prepared on %s yet.".formatted(machine.name()));
        }
        return engines.of(machine.engine(), machine.hostKey());
    }

    private SeenService seen(Fleet fleet, KnownMachine machine, ObservedService service) {
        Optional<PlatformService> wanted = fleet.service(service.service());
        String address = machine.address();
        boolean ready = service.running()
                && address != null
                && wanted.isPresent()
                && readiness.isReady(service.service(), address, wanted.get().port());
        return new SeenService(service.digest(), service.running(), ready, service.startedAt());
    }

    private static int instances(Fleet fleet, Engine engine) {
        return (int)
                engine.docker().listContainersCmd().withLabelFilter(Map.of(Labels.FLEET, fleet.name())).exec().stream()
                        .filter(container -> container.getLabels().containsKey(Labels.INSTANCE))
                        .count();
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
