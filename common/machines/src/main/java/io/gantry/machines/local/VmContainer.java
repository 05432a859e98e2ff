package io.gantry.machines.local;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.UpdateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import io.gantry.contract.manifest.Memory;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.remote.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a container must be told to be a machine. Not privileged: that fails where the engine itself lacks a capability; these
 * are what an engine inside it needs.
 */
final class VmContainer {
    private static final Capability[] CAPABILITIES = {
        Capability.SYS_ADMIN,
        Capability.NET_ADMIN,
        Capability.NET_RAW,
        Capability.SYS_PTRACE,
        Capability.SYS_CHROOT,
        Capability.MKNOD,
        Capability.SETUID,
        Capability.SETGID,
        Capability.DAC_OVERRIDE,
        Capability.DAC_READ_SEARCH,
        Capability.FOWNER,
        Capability.FSETID,
        Capability.CHOWN,
        Capability.KILL,
        Capability.SETPCAP,
        Capability.SETFCAP,
        Capability.NET_BIND_SERVICE,
        Capability.AUDIT_WRITE,
        Capability.SYS_NICE,
        Capability.IPC_LOCK,
        Capability.SYS_MODULE
    };
    private static final String ADDRESS = "io.gantry.machine.address";
    private static final String LABEL = "io.gantry.machine.label.";

    /** Some engines grant it to each of their containers; one inside can grant only what it was granted. */
    private static final List<String> TUN = List.of("c 10:200 rwm");

    private static final String PROVIDER_SOCKET = "/run/gantry-provider/docker.sock";

    private static final double BILLION = 1e9;

    private final LocalSettings settings;
    private final String authorizedKey;

    VmContainer(LocalSettings settings, String authorizedKey) {
        this.settings = settings;
        this.authorizedKey = authorizedKey;
    }

    /** @param cores that this engine has; no container gets more */
    CreateContainerCmd describe(CreateContainerCmd container, WantedMachine wanted, String address, int cores) {
        return container
                .withName(settings.container(wanted.name()))
                .withHostName(wanted.name())
                .withLabels(labelsOf(wanted, address))
                .withEnv("GANTRY_AUTHORIZED_KEY=" + authorizedKey)
                .withIpv4Address(address)
                .withAliases(wanted.name())
                .withHostConfig(hostConfig(wanted, cores));
    }

    private HostConfig hostConfig(WantedMachine wanted, int cores) {
        MachineSize size = had(wanted.size(), cores);
        long memory = size.memory().bytes();
        return HostConfig.newHostConfig()
                .withNetworkMode(settings.network())
                .withCapAdd(CAPABILITIES)
                .withSecurityOpts(List.of("apparmor=unconfined", "seccomp=unconfined"))
                .withDeviceCgroupRules(TUN)
                .withTmpFs(Map.of("/run", "exec", "/tmp", "exec"))
                .withBinds(bindsOf(wanted))
                .withNanoCPUs(nanoCpus(size))
                .withMemory(memory)
                .withMemorySwap(memory)
                .withLogConfig(new LogConfig(LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "2")))
                // A machine that reboots itself ends with a failure; one that was switched off stays so.
                .withRestartPolicy(RestartPolicy.onFailureRestart(0));
    }

    private List<Bind> bindsOf(WantedMachine wanted) {
        List<Bind> binds = new ArrayList<>();
        binds.add(new Bind(settings.volume(wanted.name()), new Volume("/var/lib/docker")));
        if (wanted.reachesProvider()) {
            binds.add(new Bind(settings.engineSocket(), new Volume(PROVIDER_SOCKET)));
        }
        return binds;
    }

    private Map<String, String> labelsOf(WantedMachine wanted, String address) {
        Map<String, String> labels = new HashMap<>();
        wanted.labels().forEach((key, value) -> labels.put(LABEL + key, value));
        labels.put(Labels.FLEET, settings.fleet());
        labels.put(Labels.MACHINE, wanted.name());
        labels.put(ADDRESS, address);
        return labels;
    }

    static String addressIn(Map<String, String> labels) {
        return labels.getOrDefault(ADDRESS, "");
    }

    /** What is had of a size where there are no more cores than these. */
    static MachineSize had(MachineSize asked, int cores) {
        return new MachineSize(Math.min(asked.cpus(), cores), asked.memory());
    }

    private static long nanoCpus(MachineSize size) {
        return (long) (size.cpus() * BILLION);
    }

    /** While it runs. */
    static UpdateContainerCmd resize(UpdateContainerCmd container, MachineSize asked, int cores) {
        MachineSize size = had(asked, cores);
        long memory = size.memory().bytes();
        return container.withNanoCPUs(nanoCpus(size)).withMemory(memory).withMemorySwap(memory);
    }

    static MachineSize sizeOf(HostConfig container) {
        return new MachineSize(
                Objects.requireNonNull(container.getNanoCPUs()) / BILLION,
                new Memory(Objects.requireNonNull(container.getMemory())));
    }

    /** Those that were asked for. */
    static Map<String, String> labelsIn(Map<String, String> labels) {
        Map<String, String> asked = new HashMap<>();
        labels.forEach((key, value) -> {
            if (key.startsWith(LABEL)) {
                asked.put(key.substring(LABEL.length()), value);
            }
        });
        return asked;
    }
}
