package io.gantry.azure;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
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
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The machines of the played Azure as real ones: with an SSH server, and an engine of their own. */
final class LocalHosts implements Hosts, AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final MachineSize SMALL = new MachineSize(1, Memory.mebibytes(1024));

    private final FleetKeys keys;
    private final Engines engines;
    private final LocalMachines machines;

    /** @param keys those that the machines let in */
    LocalHosts(String fleet, FleetKeys keys, Path folder) {
        this.keys = keys;
        this.engines = new Engines(keys.privateKey());
        this.machines = new LocalMachines(
                LocalSettings.of(fleet, LocalSettings.WITH_DOCKER),
                engines.of(URI.create("unix:///var/run/docker.sock"), null),
                keys,
                new KnownHosts(folder.resolve("known_hosts_of_azure")),
                InstantSource.system());
        machines.deleteAll();
    }

    @Override
    public String make(String name, JsonNode vm) {
        String key = vm.at("/properties/osProfile/linuxConfiguration/ssh/publicKeys/0/keyData")
                .asString();
        if (!key.equals(keys.publicKey())) {
            throw new AssertionError("The machine is to let in another key: " + key);
        }
        return machines.create(new WantedMachine(name, SMALL, Map.of())).address();
    }

    @Override
    public void switchOn(String name) {
        machines.start(name);
    }

    @Override
    public void switchOff(String name) {
        machines.stop(name);
    }

    @Override
    public void delete(String name) {
        machines.delete(name);
    }

    @Override
    public String run(String name, String script) {
        try (MachineShell shell = MachineShell.of(machines.find(name).orElseThrow(), keys.privateKey())) {
            return shell.act("run a command", SOON, script).out();
        }
    }

    @Override
    public void close() {
        machines.deleteAll();
        engines.close();
    }
}
