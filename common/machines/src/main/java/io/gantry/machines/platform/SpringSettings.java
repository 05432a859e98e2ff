package io.gantry.machines.platform;

import io.gantry.fleet.PlatformService;
import io.gantry.fleet.Provider;
import io.gantry.fleet.Tracing;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a service of ours is told in its one settings file, which is laid over the settings in its jar. */
final class SpringSettings {
    static final String FOLDER = "/run/gantry/";
    static final String FILE = FOLDER + "settings.properties";
    static final String PRIVATE_KEY = FOLDER + "id_ed25519";
    static final String CERTIFICATES = FOLDER + "resource-manager.pem";
    static final String SECRETS = FOLDER + "fleet-secrets.json";
    /** On machines that are containers, and in the lifecycle manager's container: where the engine is that they are containers of. */
    static final String PROVIDER_FOLDER = "/run/gantry-provider";

    private final FleetLayout layout;
    private final FleetSecrets secrets;
    private final Backing backing;
    private final String platformImage;
    private final FirstKey firstKey;
    private final @Nullable ResourceManagerAddress resourceManager;

    SpringSettings(
            FleetLayout layout,
            FleetSecrets secrets,
            String platformImage,
            FirstKey firstKey,
            @Nullable ResourceManagerAddress resourceManager) {
        this.layout = layout;
        this.secrets = secrets;
        this.backing = new Backing(layout, secrets);
        this.platformImage = platformImage;
        this.firstKey = firstKey;
        this.resourceManager = resourceManager;
    }

    /** A properties file. */
    String of(PlatformService service, String machine) {
        Map<String, String> settings = new TreeMap<>();
        common(settings, service, machine);
        switch (service.name()) {
            case "scheduler" -> storage(settings);
            case "deployer" -> deployer(settings, machine);
            case "lifecycle-manager" -> lifecycleManager(settings, machine);
            case "node-manager" -> settings.put("gantry.ssh-key", PRIVATE_KEY);
            case "monitoring" -> monitoring(settings);
            default -> {}
        }
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private void common(Map<String, String> settings, PlatformService service, String machine) {
        settings.put("server.address", layout.machine(machine).address());
        settings.put("server.port", Integer.toString(service.port()));
        settings.put("gantry.fleet", layout.fleet().name());
        settings.put("gantry.access.required", "true");
        settings.put("gantry.history.kept", layout.fleet().historyDays() + "d");
        // Nodes are those that the lifecycle manager tells of.
        settings.put("gantry.nodes", "");
        Backing.Database database = backing.database();
        put(settings, "spring.datasource.url", database.url());
        put(settings, "spring.datasource.username", database.user());
        put(settings, "spring.datasource.password", database.password());
        if (backing.isDatabaseByIdentity()) {
            settings.put("gantry.database.identity", backing.identity());
        }
        settings.put("spring.kafka.bootstrap-servers", backing.kafka());
        settings.put("spring.kafka.properties.security.protocol", "SASL_PLAINTEXT");
        settings.put("spring.kafka.properties.sasl.mechanism", "SCRAM-SHA-512");
        settings.put("spring.kafka.properties.sasl.jaas.config", backing.kafkaLogin());
        tracing(settings, layout.fleet().tracing());
    }

    private static void tracing(Map<String, String> settings, @Nullable Tracing tracing) {
        if (tracing != null) {
            settings.put("gantry.tracing.endpoint", tracing.endpoint().toString());
            settings.put("gantry.tracing.sampled", Double.toString(tracing.sampled()));
        }
    }

    private void storage(Map<String, String> settings) {
        if (backing.isStorageByIdentity()) {
            settings.put("gantry.storage.endpoint", backing.storageEndpoint().toString());
            settings.put("gantry.storage.identity", backing.identity());
        } else {
            settings.put("gantry.storage.connection-string", backing.storage());
        }
    }

    private void deployer(Map<String, String> settings, String machine) {
        Backing.Registry registry = backing.registry();
        MachineAddress own = layout.machine(machine);
        settings.put("gantry.ssh-key", PRIVATE_KEY);
        storage(settings);
        put(settings, "gantry.deployer.registry.address", registry.address());
        put(settings, "gantry.deployer.registry.user", registry.user());
        put(settings, "gantry.deployer.registry.password", registry.password());
        put(settings, "gantry.deployer.registry.insecure", Boolean.toString(registry.insecure()));
        if (Backing.isByIdentity(layout.fleet().containerRegistry())) {
            settings.put("gantry.deployer.registry.identity", backing.identity());
        }
        put(settings, "gantry.deployer.build.engine", own.engine().toString());
        put(settings, "gantry.deployer.build.engine-host-key", own.hostKey().toString());
        settings.put("gantry.deployer.build.bases-from-registry", "true");
        settings.put(
                "gantry.deployer.retention.versions",
                layout.fleet().imagesKept().toString());
    }

    private void lifecycleManager(Map<String, String> settings, String machine) {
        settings.put("gantry.ssh-key", PRIVATE_KEY);
        storage(settings);
        settings.put("lifecycle-manager.fleet.enabled", "true");
        settings.put("lifecycle-manager.machine", machine);
        settings.put("lifecycle-manager.platform-image", platformImage);
        settings.put("lifecycle-manager.secrets", SECRETS);
        settings.put("lifecycle-manager.access.first-key.id", firstKey.id());
        settings.put("lifecycle-manager.access.first-key.sha256", firstKey.sha256());
        if (layout.fleet().provider() == Provider.LOCAL) {
            settings.put("lifecycle-manager.provider.local-engine", "unix://" + PROVIDER_FOLDER + "/docker.sock");
        }
        if (resourceManager != null) {
            settings.put(
                    "lifecycle-manager.provider.azure-resource-manager",
                    resourceManager.address().toString());
            put(
                    settings,
                    "lifecycle-manager.provider.azure-certificates",
                    resourceManager.certificates() == null ? null : CERTIFICATES);
        }
    }

    private void monitoring(Map<String, String> settings) {
        settings.put("gantry.ssh-key", PRIVATE_KEY);
        if (secrets.alertWebhook() != null) {
            settings.put("monitoring.alerts.webhook", secrets.alertWebhook().toString());
        }
    }

    private static void put(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }

    /** As properties files have it, and Spring, which would put something else in place of <code>${...}</code>. */
    private static String escaped(String value) {
        return value.replace("${", "\\${")
                .chars()
                .mapToObj(SpringSettings::escaped)
                .collect(Collectors.joining())
                .replaceFirst("^ ", "\\\\ ");
    }

    private static String escaped(int character) {
        if (character == '\\') {
            return "\\\\";
        }
        return character < ' ' || character > '~' ? "\\u%04x".formatted(character) : Character.toString(character);
    }
}
