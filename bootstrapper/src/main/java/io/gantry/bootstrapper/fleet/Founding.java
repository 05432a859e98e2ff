package io.gantry.bootstrapper.fleet;

import io.gantry.fleet.BackingService;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.PlatformService;
import io.gantry.machines.Machine;
import io.gantry.machines.docker.DockerPreparation;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.hosts.FleetEntry;
import io.gantry.machines.platform.Backing;
import io.gantry.machines.platform.CodeArchive;
import io.gantry.machines.platform.FirstKey;
import io.gantry.machines.platform.FleetLayout;
import io.gantry.machines.platform.MachineAddress;
import io.gantry.machines.platform.PlatformImages;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.machines.platform.ServiceContainer;
import io.gantry.machines.platform.ServiceContainers;
import io.gantry.machines.platform.ServiceHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The beginning of a fleet: the machines that it begins with, what the lifecycle manager stands on, the platform's code and
 * image, and the first lifecycle manager. Each step looks first; where it broke off, the same again goes on.
 */
final class Founding {
    private final Fleet fleet;
    private final Credentials credentials;
    private final Laptop laptop;
    private final CodeArchive code;
    private final StepLines steps;
    private final InstantSource clock;
    private final Readiness readiness;
    private final Beginning beginning;
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    Founding(
            Fleet fleet,
            Credentials credentials,
            Laptop laptop,
            CodeArchive code,
            StepLines steps,
            InstantSource clock) {
        this.fleet = fleet;
        this.credentials = credentials;
        this.laptop = laptop;
        this.code = code;
        this.steps = steps;
        this.clock = clock;
        this.readiness = new Readiness(clock, address -> laptop.reach().way().to(address));
        this.beginning = new Beginning(fleet);
    }

    /** @param groundwork before anything of the platform is started */
    Founded found(FirstKey key, Groundwork groundwork) {
        beginning.machines().forEach(this::create);
        takeInHosts();
        var layout = new FleetLayout(fleet, addresses(), beginning.places());
        var backing = new Backing(layout, credentials.now(), laptop.reach()::to);
        RegistryAccess registry = backing.registry(laptop.signIn());
        SideBySide.run(begun(), machine -> prepare(machine, registry));
        String image = PlatformImages.reference(registry, code.sha256());
        var containers = new ServiceContainers(
                layout, credentials.now(), privateKey(), image, key, Machines.resourceManager(fleet, System.getenv()));
        provideFoundations(containers, registry);
        groundwork.on(new Groundwork.Ground(backing, registry));
        SideBySide.run(() -> provideImages(registry), () -> {
            providePlatform(backing, registry);
            startLifecycleManager(containers, registry);
        });
        return new Founded(machines.values(), addressOf(beginning.lifecycleManager()), image);
    }

    private void create(io.gantry.fleet.Machine wanted) {
        machines.put(
                wanted.name(),
                steps.step(wanted.name(), "machine", () -> laptop.provider().create(Machines.wanted(wanted))));
    }

    /** Hosts of somebody are met from here, where their owner's keys are; the lifecycle manager then has the fleet's. */
    private void takeInHosts() {
        if (laptop.isSomebodys()) {
            fleet.machines().stream()
                    .filter(host -> !machines.containsKey(host.name()))
                    .forEach(this::create);
            machines.values()
                    .forEach(host -> steps.step(host.name(), "fleet's key let in", () -> {
                        FleetEntry.ensure(host, laptop.provider().privateKey(host.name()), laptop.keys());
                    }));
        }
    }

    private Map<String, MachineAddress> addresses() {
        Map<String, MachineAddress> addresses = new LinkedHashMap<>();
        machines.forEach((name, machine) -> addresses.put(name, laptop.addressOf(machine)));
        return addresses;
    }

    /** Those that something begins on. */
    private List<Machine> begun() {
        return beginning.machines().stream().map(wanted -> there(wanted.name())).toList();
    }

    private void prepare(Machine machine, RegistryAccess registry) {
        var settings = PreparationSettings.forRegistry(
                fleet.containerRegistry() instanceof BackingService.Provided ? registry.address() : null);
        var preparation = new DockerPreparation(settings, laptop.keys(), clock, new PreparationLines(steps));
        preparation.prepare(machine, laptop.provider().privateKey(machine.name()));
    }

    private void provideFoundations(ServiceContainers containers, RegistryAccess registry) {
        begun().forEach(machine -> carry(machine, registry, "what the platform stands on", PlatformImages.FIRST));
        for (PlatformService service : beginning.foundations()) {
            Machine machine = machineOf(service);
            steps.step(machine.name(), service.name(), () -> {
                hostOn(machine, registry).ensure(containers.of(service, machine.name()));
                awaitAnswer(service);
            });
        }
    }

    private void carry(Machine machine, RegistryAccess registry, String what, List<String> images) {
        steps.step(
                machine.name(),
                "images: " + what,
                () -> imagesOf(machine, registry).carry(laptop.engine(), laptop.engineOf(machine), images));
    }

    private void provideImages(RegistryAccess registry) {
        Machine machine = machineOf(beginning.lifecycleManager());
        carry(machine, registry, "what others pull", PlatformImages.PULLED);
        standing(
                machine,
                "images: to the registry",
                () -> PlatformImages.PULLED.forEach(
                        image -> imagesOf(machine, registry).push(laptop.engineOf(machine), image)));
    }

    private void providePlatform(Backing backing, RegistryAccess registry) {
        Machine machine = machineOf(beginning.lifecycleManager());
        var storage = backing.code(laptop.signIn());
        standing(machine, "platform's code published", () -> code.publish(storage));
        standing(
                machine,
                "platform's image",
                () -> imagesOf(machine, registry)
                        .ensurePlatformImage(laptop.engineOf(machine), storage, code.sha256()));
    }

    /** A step that needs what was started before. */
    private void standing(Machine machine, String what, Runnable step) {
        var standing = new Standing(
                () -> beginning.foundations().forEach(this::awaitAnswer),
                why -> steps.failed(machine.name(), what, why));
        steps.step(machine.name(), what, () -> standing.run(step));
    }

    private void awaitAnswer(PlatformService service) {
        readiness.awaitPort(service.name(), machineOf(service).address(), service.port());
    }

    private void startLifecycleManager(ServiceContainers containers, RegistryAccess registry) {
        PlatformService service = beginning.lifecycleManager();
        Machine machine = machineOf(service);
        ServiceHost host = hostOn(machine, registry);
        ServiceContainer wanted = containers.of(service, machine.name());
        if (isAnother(host, wanted)) {
            endFormer(machine);
        }
        steps.step(machine.name(), service.name(), () -> {
            host.ensure(wanted);
            readiness.awaitHttp(service.name(), machine.address(), service.port());
        });
    }

    private static boolean isAnother(ServiceHost host, ServiceContainer wanted) {
        return host.observe().stream()
                .filter(there -> there.service().equals(wanted.service()))
                .anyMatch(there -> !there.digest().equals(wanted.digest()));
    }

    /**
     * A lifecycle manager that knows other credentials, or another image, brings back what it knows where it finds something else:
     * the new one, too. So all that there are end first, and without a word, so that none takes over from another: all at the same
     * time, as one on a machine that is slow to answer must not give another the time to. The new one makes the others anew.
     */
    private void endFormer(Machine first) {
        Stream<io.gantry.fleet.Machine> others = laptop.provider().list().stream()
                .filter(machine -> !machine.name().equals(first.name()))
                .flatMap(machine -> fleet.machine(machine.name()).stream())
                .filter(machine -> machine.role().runsPlatform());
        List<Runnable> ends = Stream.concat(
                        Stream.<Runnable>of(() -> endFormerOn(first.name(), () -> first)),
                        others.<Runnable>map(wanted -> () -> endFormerOn(
                                wanted.name(), () -> laptop.provider().create(Machines.wanted(wanted)))))
                .toList();
        SideBySide.run(ends, Runnable::run);
    }

    /** What others created is not known here by its host key until it has been asked for by its name. */
    private void endFormerOn(String name, Supplier<Machine> machine) {
        steps.step(name, "former lifecycle-manager", () -> laptop.removeLifecycleManager(machine.get()));
    }

    private PlatformImages imagesOf(Machine machine, RegistryAccess registry) {
        return new PlatformImages(
                machine.name(), registry, (image, what) -> steps.doing(machine.name(), image + " " + what));
    }

    private ServiceHost hostOn(Machine machine, RegistryAccess registry) {
        return new ServiceHost(laptop.engineOf(machine), fleet.name(), machine.name(), registry);
    }

    private Machine machineOf(PlatformService service) {
        return there(beginning.machineOf(service).name());
    }

    private Machine there(String name) {
        return Objects.requireNonNull(machines.get(name), () -> name + " was not created");
    }

    private String addressOf(PlatformService service) {
        return "http://%s:%d".formatted(machineOf(service).address(), service.port());
    }

    private String privateKey() {
        try {
            return Files.readString(laptop.keys().privateKey());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The fleet's key", unreadable);
        }
    }
}
