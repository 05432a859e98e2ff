package io.gantry.fleet.file;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Alerts;
import io.gantry.fleet.Azure;
import io.gantry.fleet.BackingService;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSelector;
import io.gantry.fleet.PlatformService;
import io.gantry.fleet.Pool;
import io.gantry.fleet.Provider;
import io.gantry.fleet.Tracing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fleet as it was written, of whose services only what is to be other than usual is known. */
record WrittenFleet(
        String name,
        Provider provider,
        List<Machine> machines,
        List<Pool> pools,
        List<WrittenService> services,
        BackingService containerRegistry,
        BackingService blobStorage,
        BackingService database,
        Integer imagesKept,
        Integer historyDays,
        @Nullable Alerts alerts,
        @Nullable Tracing tracing,
        @Nullable Azure azure) {

    /** @param needs beside those that it has anyway */
    record WrittenService(
            @Nullable String name,
            @Nullable MachineSelector on,
            @Nullable Integer replicas,
            List<String> needs,
            @Nullable Memory memory,
            @Nullable Integer port) {
        static final WrittenService NOTHING = new WrittenService(null, null, null, List.of(), null, null);
    }

    /** What the fleet itself runs, in an order in which it can be started. */
    private List<StandardService> standardServices() {
        return StandardService.ALL.stream()
                .filter(service -> backing(service.name()) instanceof BackingService.Provided)
                .toList();
    }

    /** What stands behind the service of that name; behind most there is nothing but the fleet. */
    private BackingService backing(String service) {
        return switch (service) {
            case "postgres" -> database;
            case "blob-storage" -> blobStorage;
            case "container-registry" -> containerRegistry;
            default -> new BackingService.Provided();
        };
    }

    Fleet complete() {
        List<PlatformService> complete =
                standardServices().stream().map(this::complete).toList();
        return new Fleet(
                name,
                provider,
                machines,
                pools,
                complete,
                containerRegistry,
                blobStorage,
                database,
                imagesKept,
                historyDays,
                alerts,
                tracing,
                azure);
    }

    private PlatformService complete(StandardService standard) {
        WrittenService written = services.stream()
                .filter(service -> standard.name().equals(service.name()))
                .findFirst()
                .orElse(WrittenService.NOTHING);
        MachineSelector on = Optional.ofNullable(written.on()).orElseGet(() -> usualPlace(standard));
        return new PlatformService(
                standard.name(),
                on,
                Optional.ofNullable(written.replicas()).orElseGet(() -> usualReplicas(standard, on)),
                needs(standard, written),
                Optional.ofNullable(written.memory()).orElse(standard.memory()),
                Optional.ofNullable(written.port()).orElse(standard.port()));
    }

    /** Data lies on one machine, so the service that keeps it is bound to that machine. */
    private MachineSelector usualPlace(StandardService standard) {
        return machines.stream()
                .filter(machine -> standard.keepsData() && machine.role().runsPlatform())
                .findFirst()
                .<MachineSelector>map(first -> new MachineSelector.Named(first.name()))
                .orElseGet(() -> new MachineSelector.Labelled(Map.of()));
    }

    private int usualReplicas(StandardService standard, MachineSelector on) {
        long places = machines.stream()
                .filter(machine -> machine.role().runsPlatform() && on.takes(machine))
                .count();
        return Math.clamp(places, 1, standard.replicas());
    }

    private List<String> needs(StandardService standard, WrittenService written) {
        List<String> present =
                standardServices().stream().map(StandardService::name).toList();
        return Stream.concat(standard.needs().stream().filter(present::contains), written.needs().stream())
                .distinct()
                .toList();
    }
}
