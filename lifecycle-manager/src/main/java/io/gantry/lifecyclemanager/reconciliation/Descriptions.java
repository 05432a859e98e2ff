package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.PlatformService;
import io.gantry.identity.AzureIdentity;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.fleet.FleetDocument;
import io.gantry.lifecyclemanager.replica.Replica;
import io.gantry.machines.platform.Backing;
import io.gantry.machines.platform.FirstKey;
import io.gantry.machines.platform.FleetLayout;
import io.gantry.machines.platform.FleetSecrets;
import io.gantry.machines.platform.MachineAddress;
import io.gantry.machines.platform.RegistryAccess;
import io.gantry.machines.platform.ResourceManagerAddress;
import io.gantry.machines.platform.ServiceContainer;
import io.gantry.machines.platform.ServiceContainers;
import io.gantry.registry.AzureSignIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Describes the containers of platform services, with the secrets that they need. */
@Component
@OnlyInFleet
class Descriptions {
    private final OwnSettings settings;
    private final FleetAccess access;
    private final InstantSource clock;
    private final Map<String, AzureSignIn> signIns = new ConcurrentHashMap<>();

    Descriptions(OwnSettings settings, FleetAccess access, InstantSource clock) {
        this.settings = settings;
        this.access = access;
        this.clock = clock;
    }

    /** @return empty as long as it is not known where others are that it works with */
    Optional<ServiceContainer> of(
            FleetDocument document, Assignment assignment, Map<String, MachineAddress> addresses, Replica replica) {
        return describe(containers(document, layout(document, assignment, addresses)), document, replica);
    }

    Map<Replica, String> digests(FleetDocument document, Assignment assignment, Map<String, MachineAddress> addresses) {
        ServiceContainers containers = containers(document, layout(document, assignment, addresses));
        Map<Replica, String> digests = new HashMap<>();
        assignment
                .replicas()
                .forEach(replica -> describe(containers, document, replica)
                        .ifPresent(container -> digests.put(replica, container.digest())));
        return digests;
    }

    private static Optional<ServiceContainer> describe(
            ServiceContainers containers, FleetDocument document, Replica replica) {
        PlatformService service = document.fleet().service(replica.service()).orElseThrow();
        try {
            return Optional.of(containers.of(service, replica.machine()));
        } catch (IllegalArgumentException notKnownYet) {
            return Optional.empty();
        }
    }

    /** @return empty as long as it is not known where the fleet's own registry is */
    Optional<RegistryAccess> registry(
            FleetDocument document, Assignment assignment, Map<String, MachineAddress> addresses) {
        try {
            var backing = new Backing(layout(document, assignment, addresses), secrets());
            return Optional.of(backing.registry(signIn(backing.identity())));
        } catch (IllegalArgumentException notKnownYet) {
            return Optional.empty();
        }
    }

    /** One for each identity: it keeps what it is given. */
    private AzureSignIn signIn(String identity) {
        return signIns.computeIfAbsent(identity, _ -> new AzureSignIn(() -> AzureIdentity.ofMachine(identity), clock));
    }

    private static FleetLayout layout(
            FleetDocument document, Assignment assignment, Map<String, MachineAddress> addresses) {
        return new FleetLayout(document.fleet(), addresses, assignment.machines());
    }

    private ServiceContainers containers(FleetDocument document, FleetLayout layout) {
        OwnSettings.FirstKey first = settings.access().firstKey();
        return new ServiceContainers(
                layout,
                secrets(),
                privateKey(),
                Objects.requireNonNullElse(document.platformImage(), settings.platformImage()),
                new FirstKey(first.id(), first.sha256()),
                resourceManager(settings.provider()));
    }

    /** The same that this one was told of. */
    private static @Nullable ResourceManagerAddress resourceManager(OwnSettings.Provision provider) {
        if (provider.azureResourceManager() == null) {
            return null;
        }
        Path certificates = provider.azureCertificates();
        try {
            return new ResourceManagerAddress(
                    provider.azureResourceManager(), certificates == null ? null : Files.readString(certificates));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Reading the resource manager's certificates " + certificates, unreadable);
        }
    }

    private FleetSecrets secrets() {
        return FleetSecrets.read(settings.secrets());
    }

    private String privateKey() {
        try {
            return Files.readString(access.sshKey());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Reading the fleet's private key " + access.sshKey(), unreadable);
        }
    }
}
