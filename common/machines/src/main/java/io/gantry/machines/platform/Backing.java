package io.gantry.machines.platform;

import io.gantry.fleet.BackingService.Elsewhere;
import io.gantry.fleet.BackingService.Provided;
import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.BlobStore;
import io.gantry.storage.StorageSettings;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the services find what they stand on, and by what credentials: the fleet's own, or what is there elsewhere. */
public final class Backing {
    static final String USER = "gantry";
    /** As the scheduler and the deployer have it. */
    private static final String BUNDLES = "bundles";

    private final FleetLayout layout;
    private final FleetSecrets secrets;
    private final UnaryOperator<URI> reached;

    /** As those who are in the fleet's network reach them. */
    public Backing(FleetLayout layout, FleetSecrets secrets) {
        this(layout, secrets, UnaryOperator.identity());
    }

    /** @param reached where the fleet's own blob storage is reached from here, by its address in the fleet's network */
    public Backing(FleetLayout layout, FleetSecrets secrets, UnaryOperator<URI> reached) {
        this.layout = layout;
        this.secrets = secrets;
        this.reached = reached;
    }

    /** @param url for JDBC, without credentials */
    record Database(
            String url, @Nullable String user, @Nullable String password) {
        @Override
        public String toString() {
            return url;
        }
    }

    Database database() {
        return switch (layout.fleet().database()) {
            case Provided() ->
                new Database(
                        "jdbc:postgresql://%s/gantry".formatted(layout.only("postgres")),
                        USER,
                        secrets.databasePassword());
            case Elsewhere(var address, var _) -> {
                Login login = Login.parse(secrets.databaseElsewhere());
                yield new Database("jdbc:" + address, login.user(), login.password());
            }
        };
    }

    /** {@code host:port} */
    String kafka() {
        return layout.only("kafka");
    }

    /** What a client of Kafka logs in with: a secret. */
    String kafkaLogin() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(USER, secrets.kafkaPassword());
    }

    public RegistryAccess registry() {
        return switch (layout.fleet().containerRegistry()) {
            case Provided() ->
                new RegistryAccess(layout.only("container-registry"), USER, secrets.registryPassword(), true);
            case Elsewhere(var address, var _) -> {
                Login login = Login.parse(secrets.registryElsewhere());
                yield new RegistryAccess(address, login.user(), login.password(), false);
            }
        };
    }

    /** The connection string of the storage account: a secret. */
    public String storage() {
        return switch (layout.fleet().blobStorage()) {
            case Provided() ->
                "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=%s;"
                        .formatted(
                                USER,
                                secrets.storageKey(),
                                reached.apply(URI.create("http://%s/%s".formatted(layout.only("blob-storage"), USER))));
            case Elsewhere(var address, var _) -> {
                String credential = secrets.storageElsewhere();
                yield credential == null ? "BlobEndpoint=%s;".formatted(address) : credential;
            }
        };
    }

    /** Where the zips of all versions lie. */
    public BlobStore bundles() {
        return new AzureBlobStore(new StorageSettings(storage(), null, BUNDLES));
    }

    private record Login(@Nullable String user, @Nullable String password) {
        /** @param credential {@code user:password}; null: no login */
        static Login parse(@Nullable String credential) {
            if (credential == null) {
                return new Login(null, null);
            }
            int colon = credential.indexOf(':');
            return colon < 0
                    ? new Login(credential, "")
                    : new Login(credential.substring(0, colon), credential.substring(colon + 1));
        }
    }
}
