package io.gantry.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictions;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictionsType;
import io.gantry.azure.AzureSettings.Vm;
import io.gantry.fleet.AzureSize;
import io.gantry.machines.WantedMachine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What would stand in the way half-way: looked for before anything is made. */
final class Obstacles {
    private final AzureSettings settings;
    private final AzureClients azure;
    private final Operations operations;
    private final Removal removal;

    /** @param from what it is; none: it is on its way already */
    record Resized(WantedMachine machine, @Nullable String from) {}

    private record Quota(long used, long limit) {
        long left() {
            return limit - used;
        }
    }

    Obstacles(AzureSettings settings, AzureClients azure, Operations operations, Removal removal) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.removal = removal;
    }

    /** @return a sentence each, with the field of fleet.yaml to change */
    List<String> of(List<WantedMachine> missing, List<Resized> resized) {
        List<String> found = new ArrayList<>(clashes(missing));
        List<WantedMachine> asked = Stream.concat(
                        missing.stream(), resized.stream().map(Resized::machine))
                .toList();
        if (!asked.isEmpty()) {
            found.addAll(sizes(asked));
            found.addAll(quotas(missing, resized));
        }
        return found;
    }

    private List<String> clashes(List<WantedMachine> missing) {
        List<String> ours = new ArrayList<>(List.of(settings.network(), settings.firewall()));
        missing.forEach(machine -> ours.addAll(List.of(
                machine.name(),
                AzureSettings.nic(machine.name()),
                AzureSettings.address(machine.name()),
                AzureSettings.disk(machine.name()))));
        return removal.others().stream()
                .filter(other -> ours.contains(other.name()))
                .map(other ->
                        "azure.resourceGroup: in %s there is a %s of somebody else's; name another group, or another fleet"
                                .formatted(settings.group(), other.line()))
                .toList();
    }

    private List<String> sizes(List<WantedMachine> missing) {
        Map<String, ResourceSkuInner> offered = operations.ask(
                "list the sizes that there are in " + settings.location(),
                () -> azure
                        .compute()
                        .getResourceSkus()
                        .list("location eq '%s'".formatted(settings.location()), "false", Context.NONE)
                        .stream()
                        .filter(sku -> "virtualMachines".equalsIgnoreCase(sku.resourceType()))
                        .collect(Collectors.toMap(ResourceSkuInner::name, Function.identity(), (one, _) -> one)));
        return missing.stream()
                .flatMap(machine -> size(machine.name(), settings.vm(machine), offered).stream())
                .toList();
    }

    private Optional<String> size(String machine, Vm vm, Map<String, ResourceSkuInner> offered) {
        ResourceSkuInner sku = offered.get(vm.size());
        if (sku == null || isRestricted(sku, ResourceSkuRestrictionsType.LOCATION, null)) {
            return Optional.of(
                    "machines[%s].azure.size: your subscription gets no %s in %s; take another size or location"
                            .formatted(machine, vm.size(), settings.location()));
        }
        String zone = vm.zone();
        if (zone != null && (!hasZone(sku, zone) || isRestricted(sku, ResourceSkuRestrictionsType.ZONE, zone))) {
            return Optional.of("machines[%s].azure.zone: there is no %s in zone %s of %s; take another zone, or none"
                    .formatted(machine, vm.size(), zone, settings.location()));
        }
        return Optional.empty();
    }

    private static boolean hasZone(ResourceSkuInner sku, String zone) {
        return sku.locationInfo() != null
                && sku.locationInfo().stream()
                        .anyMatch(info -> info.zones() != null && info.zones().contains(zone));
    }

    private static boolean isRestricted(ResourceSkuInner sku, ResourceSkuRestrictionsType type, @Nullable String zone) {
        return sku.restrictions() != null
                && sku.restrictions().stream()
                        .filter(restriction -> type.equals(restriction.type()))
                        .anyMatch(restriction ->
                                zone == null || zones(restriction).contains(zone));
    }

    private static List<String> zones(ResourceSkuRestrictions restriction) {
        return restriction.restrictionInfo() == null
                        || restriction.restrictionInfo().zones() == null
                ? List.of()
                : restriction.restrictionInfo().zones();
    }

    private List<String> quotas(List<WantedMachine> missing, List<Resized> resized) {
        Map<String, Long> needed = new TreeMap<>(Comparator.naturalOrder());
        for (WantedMachine machine : missing) {
            Vm vm = settings.vm(machine);
            cores(machine, vm).forEach((name, cores) -> needed.merge(name, cores, Long::sum));
            needed.merge("virtualMachines", 1L, Long::sum);
            if (vm.reachedFromOutside()) {
                needed.merge("PublicIPAddresses", 1L, Long::sum);
            }
        }
        for (Resized machine : resized) {
            Vm vm = settings.vm(machine.machine());
            cores(machine.machine(), vm).forEach((name, cores) -> needed.merge(name, cores, Long::sum));
            Optional.ofNullable(machine.from())
                    .flatMap(AzureSize::named)
                    .ifPresent(former -> cores(former, former.cpus(), vm)
                            .forEach((name, cores) -> needed.merge(name, -cores, Long::sum)));
        }
        Map<String, Quota> quotas = known();
        return needed.entrySet().stream()
                .flatMap(need -> Optional.ofNullable(quotas.get(need.getKey()))
                        .filter(quota -> quota.left() < need.getValue())
                        .map(quota -> tooMuch(need.getKey(), need.getValue(), quota))
                        .stream())
                .toList();
    }

    private static Map<String, Long> cores(WantedMachine machine, Vm vm) {
        AzureSize size = AzureSize.named(vm.size()).orElse(null);
        return cores(size, size == null ? (long) Math.ceil(machine.size().cpus()) : size.cpus(), vm);
    }

    /** By the names of the quotas under which Azure counts them. */
    private static Map<String, Long> cores(@Nullable AzureSize size, long cores, Vm vm) {
        if (vm.spot()) {
            return Map.of("lowPriorityCores", cores);
        }
        return size == null ? Map.of("cores", cores) : Map.of("cores", cores, size.family(), cores);
    }

    private String tooMuch(String what, long needed, Quota quota) {
        return "machines[].size: this takes %d more of your quota %s in %s, of which %d of %d are used; take less, or ask for more (portal: Quotas)"
                .formatted(needed, what, settings.location(), quota.used(), quota.limit());
    }

    private Map<String, Quota> known() {
        return operations.ask("look at the quotas in " + settings.location(), () -> {
            Map<String, Quota> quotas = new HashMap<>();
            azure.compute()
                    .getUsages()
                    .list(settings.location())
                    .forEach(usage -> quotas.put(usage.name().value(), new Quota(usage.currentValue(), usage.limit())));
            azure.network()
                    .getUsages()
                    .list(settings.location())
                    .forEach(usage -> quotas.put(usage.name().value(), new Quota(usage.currentValue(), usage.limit())));
            return quotas;
        });
    }
}
