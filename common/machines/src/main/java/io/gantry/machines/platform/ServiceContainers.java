package io.gantry.machines.platform;

import io.gantry.fleet.PlatformService;
import io.gantry.fleet.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The description of every platform service of a fleet: what it is told, and by which files. Pure. */
public final class ServiceContainers {
    /** The user {@code app} of the project's images. */
    private static final int APP = 10001;
    /** The user {@code postgres} of the image {@code gantry/postgres}. */
    static final int POSTGRES = 10002;

    private static final int ROOT = 0;
    private static final String PASSWORD_FILE = SpringSettings.FOLDER + "password";

    private final FleetLayout layout;
    private final FleetSecrets secrets;
    private final String privateKey;
    private final String platformImage;
    private final SpringSettings settings;
    private final @Nullable ResourceManagerAddress resourceManager;

    /**
     * @param privateKey the text of the fleet's private key
     * @param platformImage {@link PlatformImages#reference}
     * @param firstKey the API key that the fleet begins with
     * @param resourceManager another than the provider's own
     */
    public ServiceContainers(
            FleetLayout layout,
            FleetSecrets secrets,
            String privateKey,
            String platformImage,
            FirstKey firstKey,
            @Nullable ResourceManagerAddress resourceManager) {
        this.layout = layout;
        this.secrets = secrets;
        this.privateKey = privateKey;
        this.platformImage = platformImage;
        this.resourceManager = resourceManager;
        this.settings = new SpringSettings(layout, secrets, platformImage, firstKey, resourceManager);
    }

    /**
     * @param machine the name of the one it is to run on
     * @throws IllegalArgumentException if it is not known where the machine is, or where what the service needs runs
     */
    public ServiceContainer of(PlatformService service, String machine) {
        return switch (service.name()) {
            case "postgres" -> postgres(service, machine);
            case "blob-storage" -> blobStorage(service, machine);
            case "container-registry" -> containerRegistry(service, machine);
            case "kafka" -> kafka(service, machine);
            case "lifecycle-manager" -> lifecycleManager(service, machine);
            case "deployer", "node-manager", "monitoring" ->
                spring(service, machine, List.of(privateKeyFor(APP)), List.of(), null);
            default -> spring(service, machine, List.of(), List.of(), null);
        };
    }

    private ServiceContainer postgres(PlatformService service, String machine) {
        return backing(
                service,
                "gantry/postgres:1",
                Map.of(
                        "POSTGRES_LISTEN",
                        addressOf(machine),
                        "POSTGRES_PORT",
                        Integer.toString(service.port()),
                        "POSTGRES_PASSWORD_FILE",
                        PASSWORD_FILE),
                InjectedFile.secret(PASSWORD_FILE, secrets.databasePassword(), POSTGRES),
                "/var/lib/postgresql/data");
    }

    private ServiceContainer blobStorage(PlatformService service, String machine) {
        return backing(
                service,
                "gantry/azurite:1",
                Map.of(
                        "AZURITE_HOST",
                        addressOf(machine),
                        "AZURITE_PORT",
                        Integer.toString(service.port()),
                        "AZURITE_ACCOUNT_FILE",
                        PASSWORD_FILE),
                InjectedFile.secret(PASSWORD_FILE, Backing.USER + ":" + secrets.storageKey(), APP),
                "/var/lib/azurite");
    }

    private ServiceContainer containerRegistry(PlatformService service, String machine) {
        return backing(
                service,
                "gantry/registry:1",
                Map.of("REGISTRY_LISTEN", at(service, machine), "REGISTRY_LOGIN_FILE", PASSWORD_FILE),
                InjectedFile.secret(PASSWORD_FILE, Backing.USER + ":" + secrets.registryPassword(), APP),
                "/var/lib/registry");
    }

    private ServiceContainer kafka(PlatformService service, String machine) {
        return backing(
                service,
                "gantry/kafka:1",
                Map.of("KAFKA_LISTEN", at(service, machine), "KAFKA_LOGIN_FILE", PASSWORD_FILE),
                InjectedFile.secret(PASSWORD_FILE, Backing.USER + ":" + secrets.kafkaPassword(), APP),
                "/var/lib/kafka");
    }

    private ServiceContainer backing(
            PlatformService service, String image, Map<String, String> environment, InjectedFile login, String data) {
        return new ServiceContainer(
                service.name(),
                image,
                List.of(),
                environment,
                List.of(login),
                new DataVolume(ServiceContainer.nameOf(service.name()), data),
                List.of(),
                null,
                service.memory(),
                service.port());
    }

    /** Where machines are containers, it makes them by the engine that these are containers of: a socket that is root's. */
    private ServiceContainer lifecycleManager(PlatformService service, String machine) {
        boolean local = layout.fleet().provider() == Provider.LOCAL;
        int user = local ? ROOT : APP;
        var files = new ArrayList<>(
                List.of(privateKeyFor(user), InjectedFile.secret(SpringSettings.SECRETS, secrets.json(), user)));
        if (resourceManager != null && resourceManager.certificates() != null) {
            files.add(InjectedFile.secret(SpringSettings.CERTIFICATES, resourceManager.certificates(), user));
        }
        var mounts = local
                ? List.of(new Mount(SpringSettings.PROVIDER_FOLDER, SpringSettings.PROVIDER_FOLDER))
                : List.<Mount>of();
        return spring(service, machine, files, mounts, local ? "0:0" : null);
    }

    private ServiceContainer spring(
            PlatformService service,
            String machine,
            List<InjectedFile> files,
            List<Mount> mounts,
            @Nullable String user) {
        var all = new ArrayList<>(files);
        all.add(InjectedFile.secret(SpringSettings.FILE, settings.of(service, machine), user == null ? APP : ROOT));
        return new ServiceContainer(
                service.name(),
                platformImage,
                List.of(service.name(), "--spring.config.additional-location=file:" + SpringSettings.FILE),
                Map.of(),
                all,
                null,
                mounts,
                user,
                service.memory(),
                service.port());
    }

    private InjectedFile privateKeyFor(int user) {
        return InjectedFile.secret(SpringSettings.PRIVATE_KEY, privateKey, user);
    }

    private String addressOf(String machine) {
        return layout.machine(machine).address();
    }

    private String at(PlatformService service, String machine) {
        return "%s:%d".formatted(addressOf(machine), service.port());
    }
}
