package io.gantry.platform;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.identity.AzureIdentity;
import io.gantry.machines.LocalFleet;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.docker.Outcome;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.docker.PreparedEngine;
import io.gantry.machines.local.LocalSettings;
import io.gantry.machines.platform.Backing;
import io.gantry.machines.platform.FirstKey;
import io.gantry.machines.platform.FleetLayout;
import io.gantry.machines.platform.FleetSecrets;
import io.gantry.machines.platform.MachineAddress;
import io.gantry.machines.platform.ObservedService;
import io.gantry.machines.platform.ServiceContainer;
import io.gantry.machines.platform.ServiceContainers;
import io.gantry.machines.platform.ServiceHost;
import io.gantry.registry.AzureSignIn;
import io.gantry.remote.Engine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A machine of its own, with a fleet of one machine on it. */
final class ServiceOnMachine implements AutoCloseable {
    static final String MACHINE = "one";

    /** Its registry asks for a name and a password. */
    static final AzureSignIn NOBODY =
            new AzureSignIn(() -> AzureIdentity.ofMachine(AzureIdentity.MACHINE), InstantSource.system());

    final LocalFleet machines;
    final Fleet fleet;
    final Engine engine;
    final Machine machine;
    final FleetSecrets secrets = FleetSecrets.generate(new SecureRandom());
    final FleetLayout layout;
    final Backing backing;
    final ServiceHost host;

    ServiceOnMachine(String name, Path folder) {
        fleet = FleetFile.parse("fleet.yaml", "name: %s\nmachines: [{name: %s}]\n".formatted(name, MACHINE));
        machines = new LocalFleet(name, LocalSettings.WITH_DOCKER, folder);
        machine = machines.machines()
                .create(new WantedMachine(MACHINE, new MachineSize(2, Memory.mebibytes(3072)), Map.of())
                        .reachingProvider());
        PreparedEngine prepared = machines.prepare(
                machine, PreparationSettings.forRegistry(machine.address() + ":7080"), PreparationProgress.NOBODY);
        engine = machines.engine(prepared);
        layout = new FleetLayout(
                fleet,
                Map.of(MACHINE, new MachineAddress(machine.address(), prepared.uri(), prepared.hostKey())),
                fleet.services().stream()
                        .collect(Collectors.toMap(service -> service.name(), service -> List.of(MACHINE))));
        backing = new Backing(layout, secrets);
        host = new ServiceHost(engine, name, MACHINE, backing.registry(NOBODY));
    }

    ServiceContainer described(String service, String platformImage) throws IOException {
        String key = Files.readString(machines.keys().privateKey());
        return new ServiceContainers(layout, secrets, key, platformImage, new FirstKey("first", "0".repeat(64)), null)
                .of(fleet.service(service).orElseThrow(), MACHINE);
    }

    Outcome ensure(String service, String platformImage) throws IOException {
        return host.ensure(described(service, platformImage));
    }

    ObservedService observed(String service) {
        return host.observe().stream()
                .filter(each -> each.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    /** @return the status; 0 while nobody answers */
    int get(int port, String path, String login) {
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://%s:%d%s".formatted(machine.address(), port, path)))
                    .timeout(Duration.ofSeconds(20));
            if (!login.isEmpty()) {
                String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
                request.header("Authorization", "Basic " + basic);
            }
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException silent) {
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        machines.close();
    }
}
