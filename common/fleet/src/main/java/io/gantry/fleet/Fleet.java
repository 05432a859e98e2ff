package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet is to be, with nothing left open. It holds no credential, so it can be shown, stored and sent.
 *
 * @param machines at least one, in the order they were written; the first that runs platform services is where everything begins
 * @param pools machines that come and go as they are needed
 * @param services of the platform, not of apps; each name once
 * @param containerRegistry where images are pushed
 * @param blobStorage where bundles and the platform's own code lie
 * @param database the central one
 * @param imagesKept of each service, as many of the newest versions' images are kept, whatever was done with them
 * @param historyDays for how long it can be asked for what is over: deployments, operations, incidents
 * @param alerts none: they are in monitoring's log and incidents only
 * @param tracing none: nothing is traced
 * @param azure none: its machines are not Azure's
 */
@JsonInclude(Include.NON_NULL)
public record Fleet(
        String name,
        Provider provider,
        List<Machine> machines,
        List<Pool> pools,
        List<PlatformService> services,
        BackingService containerRegistry,
        BackingService blobStorage,
        BackingService database,
        Integer imagesKept,
        Integer historyDays,
        @Nullable Alerts alerts,
        @Nullable Tracing tracing,
        @Nullable Azure azure) {
    private static final int USUAL_IMAGES_KEPT = 10;
    private static final int USUAL_HISTORY_DAYS = 90;
    private static final List<String> BEGINNING =
            List.of("postgres", "blob-storage", "container-registry", "lifecycle-manager");

    public Fleet {
        machines = List.copyOf(machines);
        // One that was stored before there were pools has none, nor does it say how many images are kept, and
        // how much history.
        pools = List.copyOf(Objects.requireNonNullElse(pools, List.of()));
        services = List.copyOf(services);
        imagesKept = Objects.requireNonNullElse(imagesKept, USUAL_IMAGES_KEPT);
        historyDays = Objects.requireNonNullElse(historyDays, USUAL_HISTORY_DAYS);
    }

    public Optional<Machine> machine(String named) {
        return machines.stream().filter(machine -> machine.name().equals(named)).findFirst();
    }

    public Optional<Pool> pool(String named) {
        return pools.stream().filter(pool -> pool.name().equals(named)).findFirst();
    }

    /** The same with machines of its pools among its machines. */
    public Fleet with(List<Machine> ofPools) {
        List<Machine> all = Stream.concat(machines.stream(), ofPools.stream()).toList();
        return new Fleet(
                name,
                provider,
                all,
                pools,
                services,
                containerRegistry,
                blobStorage,
                database,
                imagesKept,
                historyDays,
                alerts,
                tracing,
                azure);
    }

    public Optional<PlatformService> service(String named) {
        return services.stream().filter(service -> service.name().equals(named)).findFirst();
    }

    /** Where a service may run: one machine a replica, as each replica listens on the same port. */
    public List<Machine> machinesFor(PlatformService service) {
        return machines.stream()
                .filter(machine -> machine.role().runsPlatform() && service.on().takes(machine))
                .toList();
    }

    /** What the services that the lifecycle manager stands on begin on, and itself: the machines that must be there first. */
    public List<Machine> beginning() {
        List<Machine> needed = BEGINNING.stream()
                .flatMap(name -> service(name).stream())
                .map(service -> machinesFor(service).getFirst())
                .toList();
        return machines.stream().filter(needed::contains).toList();
    }

    /** Where a lifecycle manager may run: whoever reaches one of these machines reaches the fleet, whichever others are lost. */
    public List<Machine> gates() {
        return service("lifecycle-manager").stream()
                .flatMap(manager -> machinesFor(manager).stream().limit(manager.replicas() == 1 ? 1 : machines.size()))
                .toList();
    }

    /** What is started together, wave after wave. */
    public StartOrder startOrder() {
        return StartOrder.of(services);
    }
}
