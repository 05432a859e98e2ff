package io.gantry.machines.hosts;

import static java.util.Comparator.comparing;

import io.gantry.machines.FleetKeys;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.MachineShell;
import io.gantry.machines.MachineState;
import io.gantry.machines.Patience;
import io.gantry.machines.WantedMachine;
import io.gantry.remote.FirstMeeting;
import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import io.gantry.remote.Unreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines that are hosts of somebody: they are taken into the fleet and forgotten, never made, switched off or deleted. One is
 * there, for this provider, from its creation (its host key is pinned) to its deletion (the pin is removed).
 */
public final class GivenHosts implements MachineProvider {
    private static final Logger log = LoggerFactory.getLogger(GivenHosts.class);
    private static final Duration REBOOTS_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(500);

    private final Map<String, GivenHost> hosts;
    private final FleetKeys keys;
    private final HostKeyPins pins;
    private final Patience reboot;

    /**
     * @param keys the fleet's
     * @param pins of the fleet's host keys
     */
    public GivenHosts(List<GivenHost> hosts, FleetKeys keys, HostKeyPins pins, InstantSource clock) {
        this.hosts = hosts.stream().collect(Collectors.toUnmodifiableMap(GivenHost::name, Function.identity()));
        this.keys = keys;
        this.pins = pins;
        this.reboot = new Patience(clock, REBOOTS_WITHIN, LOOKS_EVERY);
    }

    @Override
    public Path privateKey(String name) {
        return given(name).privateKey();
    }

    @Override
    public List<Machine> list() {
        List<Future<Optional<Machine>>> finds = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hosts.keySet().forEach(name -> finds.add(threads.submit(() -> find(name))));
        }
        return finds.stream()
                .map(Future::resultNow)
                .flatMap(Optional::stream)
                .sorted(comparing(Machine::name))
                .toList();
    }

    @Override
    public Optional<Machine> find(String name) {
        return Optional.ofNullable(hosts.get(name))
                .filter(host -> pins.of(name).isPresent())
                .map(host -> machine(host, answers(host) ? MachineState.RUNNING : MachineState.UNREACHABLE));
    }

    private boolean answers(GivenHost host) {
        try {
            knock(host);
            return true;
        } catch (MachineFailure silent) {
            return false;
        }
    }

    /** Pinned once it has let us in. */
    @Override
    public Machine create(WantedMachine wanted) {
        GivenHost host = given(wanted.name());
        SshTarget login = pins.of(host.name()).isPresent() ? login(host) : firstLogin(host);
        try (MachineShell shell = new MachineShell(host.name(), login, host.privateKey())) {
            shell.knock();
        }
        pins.pin(host.name(), at(host, Objects.requireNonNullElse(host.hostKey(), login.hostKey())));
        return machine(host, MachineState.RUNNING);
    }

    @Override
    public Machine start(String name) {
        GivenHost host = taken(name);
        knock(host);
        return machine(host, MachineState.RUNNING);
    }

    @Override
    public Machine stop(String name) {
        throw new MachineFailure(
                Reason.PROVIDER_REFUSED,
                "%s is a host of yours: Gantry does not switch it off, as it could not switch it on again."
                        .formatted(taken(name).name()));
    }

    /** Back when it answers, and answers from another boot. */
    @Override
    public Machine restart(String name) {
        GivenHost host = taken(name);
        try (MachineShell shell = shell(host)) {
            String before = Reboot.mark(shell);
            Reboot.ask(shell);
            if (reboot.await(() -> Reboot.markAfter(shell, before)).isEmpty()) {
                throw notBack(name);
            }
        }
        return machine(host, MachineState.RUNNING);
    }

    private static MachineFailure notBack(String name) {
        return new MachineFailure(
                Reason.NO_ANSWER,
                "%s did not come back within %s of its reboot: look at its console.".formatted(name, REBOOTS_WITHIN));
    }

    /** It is forgotten, and the fleet has no way in any more, unless it does not answer; what else is on it stays. */
    @Override
    public void delete(String name) {
        if (hosts.containsKey(name) && pins.of(name).isPresent()) {
            leave(given(name));
        }
        pins.forget(name);
    }

    private void leave(GivenHost host) {
        try (MachineShell shell = shell(host)) {
            FleetEntry.revoke(shell, keys);
        } catch (MachineFailure away) {
            log.warn("{}: its key was not taken out. {}", host.name(), away.getMessage());
        }
    }

    @Override
    public void deleteAll() {
        hosts.keySet().forEach(this::delete);
    }

    private GivenHost given(String name) {
        GivenHost host = hosts.get(name);
        if (host == null) {
            throw new MachineFailure(
                    Reason.PROVIDER_REFUSED,
                    "No host is given for the machine %s; there are: %s."
                            .formatted(name, hosts.keySet().stream().sorted().collect(Collectors.joining(", "))));
        }
        return host;
    }

    private GivenHost taken(String name) {
        if (pins.of(name).isEmpty()) {
            throw MachineFailure.noSuchMachine(name);
        }
        return given(name);
    }

    private void knock(GivenHost host) {
        try (MachineShell shell = shell(host)) {
            shell.knock();
        }
    }

    private MachineShell shell(GivenHost host) {
        return new MachineShell(host.name(), login(host), host.privateKey());
    }

    private Machine machine(GivenHost host, MachineState state) {
        WantedMachine given = host.machine();
        return new Machine(given.name(), state, host.address(), login(host), given.size(), given.labels());
    }

    /** By the key that was pinned, whatever the settings have come to say since. */
    private SshTarget login(GivenHost host) {
        return at(host, pins.of(host.name()).orElseThrow(() -> MachineFailure.noSuchMachine(host.name())));
    }

    private static SshTarget firstLogin(GivenHost host) {
        try {
            HostKey given = host.hostKey();
            return at(host, given == null ? FirstMeeting.with(host.address(), host.port()) : given);
        } catch (Unreachable failure) {
            throw MachineFailure.of(host.name(), failure);
        }
    }

    private static SshTarget at(GivenHost host, HostKey key) {
        return new SshTarget(host.user(), host.address(), host.port(), key);
    }
}
