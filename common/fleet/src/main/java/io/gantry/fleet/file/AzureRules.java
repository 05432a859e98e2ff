package io.gantry.fleet.file;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Azure;
import io.gantry.fleet.AzureMachine;
import io.gantry.fleet.AzureSize;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.Provider;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Whether what is said of Azure fits together, and belongs here. */
final class AzureRules {
    private static final Memory LARGEST_DISK = Memory.parse("4Ti");
    private static final Memory SMALLEST_DISK = Memory.parse("30Gi");

    private final WrittenFleet fleet;
    private final Problems problems;

    private AzureRules(WrittenFleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    static void check(WrittenFleet fleet, Problems problems) {
        if (problems.tells("/provider") || problems.tells("/machines")) {
            return;
        }
        var rules = new AzureRules(fleet, problems);
        if (fleet.provider() == Provider.AZURE) {
            rules.azure(fleet.azure());
        } else {
            rules.noAzure();
        }
    }

    private void noAzure() {
        refuse(
                fleet.azure() != null,
                "/azure",
                "This belongs to provider: azure; leave it out, or write that at the top");
        for (int i = 0; i < fleet.machines().size(); i++) {
            noAzure("/machines/" + i, fleet.machines().get(i).azure());
        }
        for (int i = 0; i < fleet.pools().size(); i++) {
            noAzure("/pools/" + i, fleet.pools().get(i).azure());
        }
    }

    private void noAzure(String pointer, @Nullable AzureMachine azure) {
        refuse(
                azure != null,
                pointer + "/azure",
                "This belongs to provider: azure; leave it out, or write that at the top");
    }

    private void azure(@Nullable Azure azure) {
        if (azure == null) {
            problems.add(
                    "/azure",
                    "It has to be said where in Azure the fleet is: write azure: with subscription:, location: and sshFrom:");
        } else {
            network("/azure/network", azure.network());
            for (int i = 0; i < azure.sshFrom().size(); i++) {
                network("/azure/sshFrom/" + i, azure.sshFrom().get(i));
            }
        }
        for (int i = 0; i < fleet.machines().size(); i++) {
            machine("/machines/" + i, fleet.machines().get(i));
        }
        for (int i = 0; i < fleet.pools().size(); i++) {
            size(
                    "/pools/" + i,
                    fleet.pools().get(i).size(),
                    fleet.pools().get(i).azure());
        }
        keptOnSpot();
    }

    private void network(String pointer, String network) {
        int slash = network.indexOf('/');
        try {
            byte[] address = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
            int bits = Integer.parseInt(network.substring(slash + 1));
            refuse(
                    (toInt(address) & (int) ((1L << (Integer.SIZE - bits)) - 1)) != 0,
                    pointer,
                    "%s names a host within a network: the bits behind the /%d have to be 0".formatted(network, bits));
        } catch (IllegalArgumentException wrong) {
            problems.add(pointer, "There is no network %s: write one like 10.42.0.0/16".formatted(network));
        }
    }

    private static int toInt(byte[] address) {
        return ByteBuffer.wrap(address).getInt();
    }

    private void machine(String pointer, Machine machine) {
        refuse(machine.address() != null, pointer + "/address", made("address"));
        refuse(machine.ssh() != null, pointer + "/ssh", made("ssh"));
        size(pointer, machine.size(), machine.azure());
    }

    private void disk(String pointer, @Nullable Memory disk) {
        refuse(
                disk != null && (disk.bytes() > LARGEST_DISK.bytes() || disk.bytes() < SMALLEST_DISK.bytes()),
                pointer,
                "A machine of Azure's has a disk from %s to %s".formatted(SMALLEST_DISK, LARGEST_DISK));
    }

    private void size(String pointer, @Nullable MachineSize size, @Nullable AzureMachine azure) {
        if (size == null) {
            return;
        }
        disk(pointer + "/size/disk", size.disk());
        if (azure == null || azure.size() == null) {
            problems.add(
                    pointer + "/size",
                    "Gantry knows no size of Azure's with as much: write less, or name one: azure: {size: ...}");
            return;
        }
        AzureSize.named(azure.size())
                .filter(known -> known.cpus() < size.cpus()
                        || known.memory().bytes() < size.memory().bytes())
                .ifPresent(known -> problems.add(
                        pointer + "/azure/size",
                        "%s has %d cores and %s, which is less than size: asks for"
                                .formatted(known.name(), known.cpus(), known.memory())));
    }

    private static String made(String key) {
        return "Gantry makes the machines of Azure and knows its way in: leave %s: out, or write provider: static at the top"
                .formatted(key);
    }

    /** Azure may take such a machine away for good, with whatever only it had. */
    private void keptOnSpot() {
        if (fleet.machines().stream().noneMatch(machine -> machine.role().runsPlatform())) {
            return;
        }
        Fleet complete = fleet.complete();
        for (int i = 0; i < fleet.machines().size(); i++) {
            AzureMachine azure = fleet.machines().get(i).azure();
            String name = fleet.machines().get(i).name();
            boolean keepsData = complete.services().stream()
                    .filter(service -> StandardService.keepsData(service.name()))
                    .anyMatch(service -> complete.machinesFor(service).stream()
                            .limit(1)
                            .anyMatch(machine -> machine.name().equals(name)));
            refuse(
                    azure != null && azure.spot() && keepsData,
                    "/machines/" + i + "/azure/spot",
                    "%s keeps the platform's data: Azure may not take it away. Leave spot: out".formatted(name));
        }
    }

    private void refuse(boolean wrong, String pointer, String message) {
        if (wrong) {
            problems.add(pointer, message);
        }
    }
}
