package io.gantry.fleet.file;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.Provider;
import io.gantry.fleet.Ssh;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the machines fit together, and their provider. */
final class MachineRules {
    static final Memory LEAST_MEMORY = Memory.mebibytes(512);
    static final String TOO_LITTLE_MEMORY = "That is too little memory for a machine: at least " + LEAST_MEMORY;

    /** What is meant as an IP address, and not as the name of a host. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|.*:.*");

    private final Provider provider;
    private final List<Machine> machines;
    private final Problems problems;

    private MachineRules(WrittenFleet fleet, Problems problems) {
        this.provider = fleet.provider();
        this.machines = fleet.machines();
        this.problems = problems;
    }

    static void check(WrittenFleet fleet, Problems problems) {
        if (!problems.tells("/machines")) {
            new MachineRules(fleet, problems).check();
        }
    }

    private void check() {
        Set<String> names = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < machines.size(); i++) {
            String pointer = "/machines/" + i;
            Machine machine = machines.get(i);
            refuse(
                    !machine.name().isEmpty() && !names.add(machine.name()),
                    pointer + "/name",
                    "There are two machines named \"%s\": give this one another name".formatted(machine.name()));
            refuse(
                    !addresses.add(endpoint(machine)) && machine.address() != null,
                    pointer + "/address",
                    "There are two machines at %s: a host is listed once".formatted(endpoint(machine)));
            address(pointer + "/address", machine.address());
            size(pointer + "/size/memory", machine.size());
            if (!problems.tells("/provider")) {
                access(pointer, machine);
            }
        }
        somethingForEverything();
    }

    private static String endpoint(Machine machine) {
        Ssh ssh = machine.ssh();
        return ssh == null ? String.valueOf(machine.address()) : machine.address() + ":" + ssh.port();
    }

    private void address(String pointer, @Nullable String address) {
        if (address != null && NUMBERS.matcher(address).matches() && !isLiteral(address)) {
            problems.add(pointer, "There can be no IP address %s: write another, or a host name".formatted(address));
        }
    }

    private static boolean isLiteral(String address) {
        try {
            return !InetAddress.ofLiteral(address).isAnyLocalAddress();
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }

    private void size(String pointer, @Nullable MachineSize size) {
        refuse(size != null && size.memory().bytes() < LEAST_MEMORY.bytes(), pointer, TOO_LITTLE_MEMORY);
    }

    private void access(String pointer, Machine machine) {
        switch (provider) {
            case STATIC ->
                refuse(
                        machine.address() == null,
                        pointer + "/address",
                        "The machine \"%s\" has no address: write address: and its host name or IP address"
                                .formatted(machine.name()));
            case LOCAL -> {
                refuse(machine.address() != null, pointer + "/address", notForLocal("address"));
                refuse(machine.ssh() != null, pointer + "/ssh", notForLocal("ssh"));
            }
            case AZURE -> {}
        }
    }

    private static String notForLocal(String key) {
        return "Gantry makes the local machines and knows its way in: leave %s: out, or write provider: static at the top"
                .formatted(key);
    }

    private void somethingForEverything() {
        refuse(
                machines.isEmpty() && !problems.tells("/provider"),
                "/machines",
                provider == Provider.AZURE
                        ? "A fleet in Azure says its machines: list them under machines:, each with name:"
                        : "A static fleet is made of hosts that you have: list them under machines:, each with name: and address:");
        refuse(
                !machines.isEmpty()
                        && machines.stream().noneMatch(machine -> machine.role().runsPlatform()),
                "/machines",
                "No machine runs platform services: give one the role control or both");
        refuse(
                !machines.isEmpty()
                        && machines.stream().noneMatch(machine -> machine.role().runsApps()),
                "/machines",
                "No machine runs apps: give one the role worker or both");
    }

    private void refuse(boolean wrong, String pointer, String message) {
        if (wrong) {
            problems.add(pointer, message);
        }
    }
}
