package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.PlatformService;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Ticker;
import io.gantry.lifecyclemanager.machine.KnownMachine;
import io.gantry.lifecyclemanager.reconciliation.Seen.SeenService;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.platform.ObservedService;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.machines.platform.ServiceHost;
import io.gantry.registry.RegistryLogin;
import io.gantry.remote.Engine;
import io.gantry.remote.Engines;
import io.gantry.remote.Greeting;
import io.gantry.remote.Labels;
import io.gantry.remote.Unreachable;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Looks at machines, all at the same time. One that does not answer in time is asked for its greeting: an engine that says nothing is
 * not yet a machine that is lost.
 */
@Component
@OnlyInFleet
class MachineSight implements DisposableBean {
    /** To look, and to end what runs, no image is needed. */
    private static final RegistryAccess NO_REGISTRY = new RegistryAccess("", RegistryLogin.none(), false);

    private static final Duration GREETS_WITHIN = Duration.ofSeconds(1);

    private final Engines engines;
    private final Readiness readiness;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Looks looks;

    MachineSight(Engines engines, Readiness readiness, OwnSettings settings, Ticker ticker) {
        this.engines = engines;
        this.readiness = readiness;
        OwnSettings.Reconciliation limits = settings.reconciliation();
        this.looks = new Looks(limits.answersWithin(), limits.engineAwayFor(), ticker, threads);
    }

    Map<String, Sight> of(Fleet fleet, Collection<KnownMachine> machines) {
        Map<String, Callable<Sight>> asked = new HashMap<>();
        machines.stream()
                .filter(machine -> machine.engine() != null && machine.hostKey() != null)
                .forEach(machine -> asked.put(machine.name(), () -> look(fleet, machine)));
        Map<String, Sight> sights = looks.take(asked);
        greetings(machines, sights)
                .forEach((machine, heard) -> sights.computeIfPresent(
                        machine,
                        (_, sight) -> sight instanceof Sight.Silent silent ? silent.in(isTrue(heard)) : sight));
        return sights;
    }

    /** What was seen of it before says nothing any more. */
    void forget(String machine) {
        looks.forget(machine);
    }

    void forget() {
        looks.forget();
    }

    /** Of those that are silent, all at the same time. */
    private Map<String, Future<Boolean>> greetings(Collection<KnownMachine> machines, Map<String, Sight> sights) {
        Map<String, Future<Boolean>> greetings = new HashMap<>();
        machines.forEach(machine -> {
            URI engine = machine.engine();
            if (engine != null && sights.get(machine.name()) instanceof Sight.Silent silent && !silent.lives()) {
                greetings.put(machine.name(), threads.submit(() -> Greeting.isHeard(engine, GREETS_WITHIN)));
            }
        });
        return greetings;
    }

    /** Whoever could not be asked is not taken for dead. */
    private static boolean isTrue(Future<Boolean> heard) {
        try {
            return heard.get();
        } catch (ExecutionException notAsked) {
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Sight look(Fleet fleet, KnownMachine machine) throws ExecutionException, InterruptedException {
        try {
            Engine engine = engine(machine);
            Map<String, SeenService> services = new HashMap<>();
            for (Map.Entry<ObservedService, Future<Boolean>> service : asked(fleet, machine)) {
                services.put(service.getKey().service(), seen(service.getKey(), service.getValue()));
            }
            return new Sight.Running(services, instances(fleet, engine));
        } catch (MachineFailure failure) {
            return silent(failure);
        } catch (Unreachable failure) {
            return silent(MachineFailure.of(machine.name(), failure));
        }
    }

    private static Sight silent(MachineFailure failure) {
        boolean engineOnly = failure.reason() == MachineFailure.Reason.NO_ENGINE;
        return new Sight.Silent(String.valueOf(failure.getMessage()), engineOnly, engineOnly);
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

    /** All services of a machine are asked at the same time: several that start are slow to say that they are not ready. */
    private List<Map.Entry<ObservedService, Future<Boolean>>> asked(Fleet fleet, KnownMachine machine) {
        return host(fleet, machine, NO_REGISTRY).observe().stream()
                .map(service -> Map.entry(service, threads.submit(() -> isReady(fleet, machine, service))))
                .toList();
    }

    private boolean isReady(Fleet fleet, KnownMachine machine, ObservedService service) {
        Optional<PlatformService> wanted = fleet.service(service.service());
        String address = machine.address();
        return service.running()
                && address != null
                && wanted.isPresent()
                && readiness.isReady(service.service(), address, wanted.get().port());
    }

    private static SeenService seen(ObservedService service, Future<Boolean> ready)
            throws ExecutionException, InterruptedException {
        return new SeenService(service.digest(), service.running(), ready.get(), service.startedAt());
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
