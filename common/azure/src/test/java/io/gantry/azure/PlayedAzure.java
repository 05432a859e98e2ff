package io.gantry.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.resourcemanager.resources.fluentcore.utils.ResourceManagerUtils;
import io.gantry.azure.AzureMachines.Reached;
import io.gantry.azure.Operations.Waits;
import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.testkit.azure.FakeAzure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A fleet in an Azure that is played, reached by the real SDK. */
final class PlayedAzure implements AutoCloseable {
    static final String TOKEN = "a-token-that-nobody-may-see";
    static final String GROUP = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/gantry-sky";
    private static final Waits PATIENT = waits(Duration.ofSeconds(60));
    private static final Waits IMPATIENT = waits(Duration.ofSeconds(2));
    private static final String FLEET = """
            name: sky
            provider: azure
            azure:
              subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590
              location: westeurope
              sshFrom: [%s]
              owner: platform-team
            machines:
              - {name: vm-1, labels: {disk.io/kind: ssd}, azure: {zone: "1"}}
              - {name: vm-2, role: worker, size: {cpus: 2, memory: 8Gi, disk: 128Gi}, azure: {spot: true}}
            """;

    static {
        // Asked after at once, and not after ten seconds: before the first client is made.
        ResourceManagerUtils.InternalRuntimeContext.setDelayProvider(_ -> Duration.ofMillis(10));
    }

    final FakeAzure azure;
    final Fleet fleet = fleetFrom("203.0.113.7/32");
    final FleetKeys keys;
    final KnownHosts pins;
    final AzureClients clients;

    PlayedAzure(Path folder) {
        this(folder, FakeAzure.start());
    }

    PlayedAzure(Path folder, FakeAzure azure) {
        this.azure = azure;
        keys = keysIn(folder);
        pins = new KnownHosts(folder.resolve("known_hosts"));
        clients = AzureClients.of(fleet.azure().subscription(), credential(), azure.endpoint(), azure.trust());
    }

    /** @param passing how long what passes is waited for */
    private static Waits waits(Duration passing) {
        return new Waits(Duration.ofMinutes(2), Duration.ofMillis(10), passing, Duration.ofMillis(20));
    }

    static FleetKeys keysIn(Path folder) {
        return FleetKeys.in(folder, "sky");
    }

    static TokenCredential credential() {
        return _ -> Mono.just(new AccessToken(TOKEN, OffsetDateTime.MAX));
    }

    /** @param owner from where its owner reaches it */
    static Fleet fleetFrom(String owner) {
        return FleetFile.parse("fleet.yaml", FLEET.formatted(owner));
    }

    /** The same but for the size of its first machine, by Azure's name. */
    static Fleet fleetWith(String size) {
        return FleetFile.parse(
                "fleet.yaml",
                FLEET.formatted("203.0.113.7/32").replace("{name: vm-1, ", "{name: vm-1, size: %s, ".formatted(size)));
    }

    /** The same, but its second machine may run the platform, too. */
    static Fleet fleetOfTwo() {
        return FleetFile.parse("fleet.yaml", FLEET.formatted("203.0.113.7/32").replace("role: worker, ", ""));
    }

    AzureMachines machines(Fleet other) {
        return machines(other, Reached.FROM_OUTSIDE, PATIENT);
    }

    AzureMachines machines(Fleet other, Reached reached) {
        return machines(other, reached, PATIENT);
    }

    AzureMachines machines() {
        return machines(Reached.FROM_OUTSIDE);
    }

    /** Does not wait for long for what passes, and does not. */
    AzureMachines impatient() {
        return machines(fleet, Reached.FROM_OUTSIDE, IMPATIENT);
    }

    AzureMachines machines(Reached reached) {
        return machines(fleet, reached, PATIENT);
    }

    private AzureMachines machines(Fleet of, Reached reached, Waits waits) {
        return machines(of, reached, waits, Ongoing.NOT_KEPT);
    }

    AzureMachines machines(Ongoing ongoing) {
        return machines(fleet, Reached.FROM_OUTSIDE, PATIENT, ongoing);
    }

    private AzureMachines machines(Fleet of, Reached reached, Waits waits, Ongoing ongoing) {
        return new AzureMachines(
                AzureSettings.of(of), clients, keys, pins, ongoing, reached, InstantSource.system(), waits);
    }

    static WantedMachine wanted(String name) {
        return new WantedMachine(name, new MachineSize(2, Memory.parse("8Gi")), Map.of("disk.io/kind", "ssd"));
    }

    @Override
    public void close() {
        azure.close();
    }
}
