package io.gantry.machines.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.HostKeyPins;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.MachineProvider;
import io.gantry.machines.Patience;
import io.gantry.machines.WantedMachine;
import io.gantry.remote.Engine;
import io.gantry.remote.HostKey;
import io.gantry.remote.Unreachable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Machines that are containers of one engine, each with an SSH server and an engine of its own. */
public final class LocalMachines implements MachineProvider {
    private static final Duration LOOKS_EVERY = Duration.ofMillis(100);

    private final LocalSettings settings;
    private final Engine engine;
    private final FleetKeys keys;
    private final HostKeyPins pins;
    private final VmContainer vm;
    private final FleetNetwork network;
    private final VmPower power;
    private final VmDisks disks;
    private final VmSight sight;
    private final Patience boot;
    private final ReentrantLock addressing = new ReentrantLock();

    /**
     * @param engine that runs the machines
     * @param pins where their host keys are pinned
     */
    public LocalMachines(LocalSettings settings, Engine engine, FleetKeys keys, HostKeyPins pins, InstantSource clock) {
        this.settings = settings;
        this.engine = engine;
        this.keys = keys;
        this.pins = pins;
        this.vm = new VmContainer(settings, keys.publicKey());
        this.network = new FleetNetwork(settings);
        this.power = new VmPower(settings, network);
        this.disks = new VmDisks(settings);
        this.sight = new VmSight(settings, pins);
        this.boot = new Patience(clock, settings.bootsWithin(), LOOKS_EVERY);
    }

    @Override
    public Path privateKey(String name) {
        return keys.privateKey();
    }

    @Override
    public List<Machine> list() {
        return asking("list the machines", sight::all);
    }

    @Override
    public Optional<Machine> find(String name) {
        return asking("find " + name, docker -> sight.find(docker, name));
    }

    @Override
    public Machine create(WantedMachine wanted) {
        return asking("create " + wanted.name(), docker -> {
            ensureContainer(docker, wanted);
            power.on(docker, wanted.name());
            pinHostKey(docker, wanted.name());
            return sight.there(docker, wanted.name());
        });
    }

    /** One after the other: each takes an address that the others don't have. */
    private void ensureContainer(DockerClient docker, WantedMachine wanted) {
        addressing.lock();
        try {
            if (sight.find(docker, wanted.name()).isEmpty()) {
                network.ensure(docker);
                pins.forget(wanted.name());
                createContainer(docker, wanted);
            }
        } finally {
            addressing.unlock();
        }
    }

    private void createContainer(DockerClient docker, WantedMachine wanted) {
        disks.make(docker, wanted.name());
        vm.describe(
                        docker.createContainerCmd(settings.image()),
                        wanted,
                        network.freeAddress(docker, sight.addresses(docker)),
                        cores(docker))
                .exec();
    }

    private static int cores(DockerClient docker) {
        return Objects.requireNonNull(docker.infoCmd().exec().getNCPU());
    }

    private void pinHostKey(DockerClient docker, String name) {
        HostKey key = boot.await(() -> HostKeyOnDisk.of(docker, settings.container(name)))
                .orElseThrow(() -> new MachineFailure(
                        Reason.NO_ANSWER,
                        "%s made no host key within %s: read the log of the container %s."
                                .formatted(name, settings.bootsWithin(), settings.container(name))));
        pins.pin(name, VmSight.target(sight.there(docker, name).address(), key));
    }

    @Override
    public Machine start(String name) {
        return changing("start", name, docker -> power.on(docker, name));
    }

    @Override
    public Machine stop(String name) {
        return changing("stop", name, docker -> power.off(docker, name));
    }

    @Override
    public Machine restart(String name) {
        return changing("restart", name, docker -> {
            power.off(docker, name);
            power.on(docker, name);
        });
    }

    @Override
    public boolean differs(Machine there, WantedMachine wanted) {
        // Of what there is in plenty it has what was asked for; so the engine need not be asked how many cores it has.
        return !there.size().equals(wanted.size())
                && !there.size()
                        .equals(asking("find its cores", docker -> VmContainer.had(wanted.size(), cores(docker))));
    }

    /** It runs on meanwhile. */
    @Override
    public Machine resize(WantedMachine wanted) {
        return changing("resize", wanted.name(), docker -> {
            VmContainer.resize(
                            docker.updateContainerCmd(settings.container(wanted.name())), wanted.size(), cores(docker))
                    .exec();
            power.on(docker, wanted.name());
        });
    }

    @Override
    public void delete(String name) {
        doing("delete " + name, docker -> delete(docker, name));
    }

    private void delete(DockerClient docker, String name) {
        try {
            docker.removeContainerCmd(settings.container(name)).withForce(true).exec();
        } catch (NotFoundException goneAlready) {
            // Its disk may still be there.
        }
        disks.remove(docker, name);
        pins.forget(name);
    }

    @Override
    public void deleteAll() {
        doing("delete the fleet " + settings.fleet(), docker -> {
            sight.names(docker).forEach(name -> delete(docker, name));
            disks.removeAll(docker);
            network.remove(docker);
        });
    }

    private Machine changing(String verb, String name, Consumer<DockerClient> change) {
        return asking(verb + " " + name, docker -> {
            sight.there(docker, name);
            change.accept(docker);
            return sight.there(docker, name);
        });
    }

    private void doing(String what, Consumer<DockerClient> change) {
        asking(what, docker -> {
            change.accept(docker);
            return what;
        });
    }

    private <T> T asking(String what, Function<DockerClient, T> question) {
        try {
            return question.apply(engine.docker());
        } catch (Unreachable | DockerException failure) {
            throw refused(what, failure);
        }
    }

    private static MachineFailure refused(String what, RuntimeException cause) {
        return new MachineFailure(
                Reason.PROVIDER_REFUSED,
                "The engine that runs the local machines could not %s: %s".formatted(what, cause.getMessage()),
                cause);
    }
}
