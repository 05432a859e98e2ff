package io.gantry.azure;

import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.JSchException;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineShell;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.remote.Engines;
import io.gantry.testkit.azure.Hosts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The machines of the played Azure as real ones: with an SSH server, and an engine of their own. Of what they offer, SSH alone is
 * reached from this computer, as Azure's firewall is told; each other they reach. Kept by a key that is not the fleet's, as Azure's agent is.
 */
public final class LocalHosts implements Hosts, AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int NOBODY = 1;

    /** Told the key that is to be let in, and the port at which the machine's identity is asked for. Safe to repeat. */
    private static final String BOOT = """
            set -e
            grep -qxF "$1" /home/ops/.ssh/authorized_keys || echo "$1" >> /home/ops/.ssh/authorized_keys
            rule() { iptables -t "$1" -C "$2" $3 2> /dev/null || iptables -t "$1" -A "$2" $3; }
            outside=$(ip route | awk '/^default/ {print $3}')
            rule mangle PREROUTING "-s $outside -p tcp --syn ! --dport 22 -j DROP"
            rule nat OUTPUT "-d 169.254.169.254 -p tcp --dport 80 -j REDIRECT --to-ports $2"
            """;

    private final FleetKeys keys;
    private final MachineSize size;
    private final Engines engines;
    private final LocalMachines machines;
    private final Map<String, String> letIn = new HashMap<>();
    private final Map<String, Uplink> uplinks = new HashMap<>();
    private final TreeSet<Integer> offered = new TreeSet<>();
    private int metadata = NOBODY;

    /**
     * @param name of all of them together, on this computer
     * @param folder for what is known of them
     * @param size of each, whatever size is asked for
     */
    public LocalHosts(String name, Path folder, MachineSize size) {
        this.keys = FleetKeys.in(folder, name);
        this.size = size;
        this.engines = new Engines(keys.privateKey());
        this.machines = new LocalMachines(
                LocalSettings.of(name, LocalSettings.WITH_DOCKER),
                engines.of(URI.create("unix:///var/run/docker.sock"), null),
                keys,
                new KnownHosts(folder.resolve("known_hosts_of_azure")),
                InstantSource.system());
        machines.deleteAll();
    }

    /** Machines that are made from now on find a port of this computer's loopback address at their own. */
    public void offer(int port) {
        offered.add(port);
    }

    /** Where machines that are made from now on are given their identity. */
    public void offerMetadata(int port) {
        offer(port);
        metadata = port;
    }

    @Override
    public String make(String name, JsonNode vm) {
        letIn.put(
                name,
                vm.at("/properties/osProfile/linuxConfiguration/ssh/publicKeys/0/keyData")
                        .asString());
        return booted(machines.create(new WantedMachine(name, size, Map.of()))).address();
    }

    private Machine booted(Machine machine) {
        String key = Optional.ofNullable(letIn.get(machine.name())).orElseThrow();
        await(machine.name() + " lets its keeper in")
                .atMost(SOON)
                .ignoreExceptionsInstanceOf(MachineFailure.class)
                .untilAsserted(() -> run(machine, BOOT, key, Integer.toString(metadata)));
        unlink(machine.name());
        if (!offered.isEmpty()) {
            uplinks.put(machine.name(), uplink(machine));
        }
        return machine;
    }

    private Uplink uplink(Machine machine) {
        try {
            return Uplink.of(machine.login().user(), machine.address(), keys.privateKey(), offered);
        } catch (JSchException failed) {
            throw new AssertionError("%s reaches nothing of this computer".formatted(machine.name()), failed);
        }
    }

    @Override
    public void switchOn(String name) {
        booted(machines.start(name));
    }

    @Override
    public void switchOff(String name) {
        unlink(name);
        machines.stop(name);
    }

    @Override
    public void delete(String name) {
        unlink(name);
        machines.delete(name);
    }

    private void unlink(String name) {
        Optional.ofNullable(uplinks.remove(name)).ifPresent(Uplink::close);
    }

    @Override
    public String run(String name, String script) {
        return run(machines.find(name).orElseThrow(), script);
    }

    private String run(Machine machine, String script, String... arguments) {
        try (MachineShell shell = MachineShell.of(machine, keys.privateKey())) {
            return shell.act("run a command", SOON, script, arguments).out();
        }
    }

    @Override
    public void close() {
        uplinks.values().forEach(Uplink::close);
        machines.deleteAll();
        engines.close();
    }
}
