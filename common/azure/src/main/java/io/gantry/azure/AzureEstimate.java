package io.gantry.azure;

import io.gantry.azure.AzureSettings.Vm;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineRole;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a fleet comes to in Azure, and about what it costs.
 *
 * @param lines one for each resource
 */
public record AzureEstimate(List<Line> lines) {
    /** Of which day the prices are, and of what. */
    public static final String PRICES = "about the list prices of East US in 2025-11, USD; traffic not counted";

    public AzureEstimate {
        lines = List.copyOf(lines);
    }

    /**
     * @param size what it has, in Azure's words; empty: there is nothing to say
     * @param usdPerMonth none: Gantry knows no price
     */
    public record Line(
            String resource,
            String name,
            String size,
            @Nullable BigDecimal usdPerMonth) {}

    public static AzureEstimate of(Fleet fleet) {
        AzureSettings settings = AzureSettings.of(fleet);
        List<Line> lines = new ArrayList<>();
        lines.add(free("resource group", settings.group(), settings.location()));
        lines.add(free(
                "network security group",
                settings.firewall(),
                "SSH from " + String.join(", ", settings.where().sshFrom())));
        lines.add(free("virtual network", settings.network(), settings.where().network()));
        fleet.machines().stream()
                .map(Machine::name)
                .map(name -> settings.identity(vm(settings, name)))
                .distinct()
                .forEach(identity -> lines.add(free("managed identity", identity, "")));
        if (fleet.machines().stream().map(Machine::role).anyMatch(MachineRole::runsPlatform)) {
            lines.add(free("role assignment", settings.where().role(), "in " + settings.group()));
            settings.backings()
                    .forEach(backing -> backing.roles()
                            .forEach(role -> lines.add(free("role assignment", role, "on " + backing.host()))));
        }
        fleet.machines().forEach(machine -> machine(settings, machine.name(), lines));
        return new AzureEstimate(lines);
    }

    private static Vm vm(AzureSettings settings, String name) {
        return Objects.requireNonNull(settings.machines().get(name));
    }

    private static void machine(AzureSettings settings, String name, List<Line> lines) {
        Vm vm = vm(settings, name);
        String zone = vm.zone() == null ? "" : ", zone " + vm.zone();
        lines.add(new Line(
                "virtual machine",
                name,
                vm.size() + zone + (vm.spot() ? ", spot: less than this" : ""),
                Prices.machine(vm.size()).orElse(null)));
        lines.add(new Line(
                "disk",
                AzureSettings.disk(name),
                "%d GiB, standard SSD".formatted(vm.diskGib()),
                Prices.disk(vm.diskGib()).orElse(null)));
        lines.add(free("network interface", AzureSettings.nic(name), ""));
        if (vm.reachedFromOutside()) {
            lines.add(new Line("public address", AzureSettings.address(name), "static", Prices.address()));
        }
    }

    private static Line free(String resource, String name, String size) {
        return new Line(resource, name, size, BigDecimal.ZERO);
    }

    /** Of all whose price is known. */
    public BigDecimal usdPerMonth() {
        return lines.stream().map(Line::usdPerMonth).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public boolean isComplete() {
        return lines.stream().allMatch(line -> line.usdPerMonth() != null);
    }
}
