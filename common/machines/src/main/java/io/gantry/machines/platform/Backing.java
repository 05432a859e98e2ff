package io.gantry.machines.platform;

import io.gantry.fleet.BackingService;
import io.gantry.fleet.BackingService.Elsewhere;
import io.gantry.fleet.BackingService.Provided;
import io.gantry.fleet.Fleet;
import io.gantry.identity.AzureIdentity;
import io.gantry.registry.AzureSignIn;
import io.gantry.registry.RegistryLogin;
import io.gantry.storage.AzureBlobStore;
import io.gantry.storage.BlobStore;
import io.gantry.storage.StorageSettings;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the services find what they stand on, and by what credentials: the fleet's own, or what is there elsewhere. */
public final class Backing {
    static final String USER = "gantry";

    /** Whom Java believes, and for this host: PostgreSQL's driver alone would believe a file of its own, or anybody. */
    static final String OVER_TLS = "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";

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

    /**
     * @param url for JDBC, without credentials
     * @param password none where the user is let in by an identity of Azure's
     */
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
            case Elsewhere(var address, var _, var byIdentity, var overTls, var user) -> {
                Login login = byIdentity ? new Login(user, null) : Login.parse(secrets.databaseElsewhere());
                yield new Database("jdbc:" + address + (overTls ? OVER_TLS : ""), login.user(), login.password());
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

    /**
     * @param user none where it asks for no login, or lets in an identity of Azure's
     * @param insecure spoken to without TLS
     */
    record Registry(
            String address, @Nullable String user, @Nullable String password, boolean insecure) {
        @Override
        public String toString() {
            return address;
        }
    }

    Registry registry() {
        return switch (layout.fleet().containerRegistry()) {
            case Provided() -> new Registry(layout.only("container-registry"), USER, secrets.registryPassword(), true);
            case Elsewhere(var address, var _, var _, var _, var _) -> {
                Login login = Login.parse(secrets.registryElsewhere());
                yield new Registry(address, login.user(), login.password(), false);
            }
        };
    }

    /** @param azure who we are, should the registry let in identities of Azure's */
    public RegistryAccess registry(AzureSignIn azure) {
        Registry registry = registry();
        RegistryLogin login = isByIdentity(layout.fleet().containerRegistry())
                ? azure.registry(registry.address())
                : RegistryLogin.of(registry.address(), registry.user(), registry.password());
        return new RegistryAccess(registry.address(), login, registry.insecure());
    }

    static boolean isByIdentity(BackingService backing) {
        return backing instanceof Elsewhere elsewhere && elsewhere.byIdentity();
    }

    /** The identity that machines sign in by which run the platform. */
    public String identity() {
        Fleet fleet = layout.fleet();
        return fleet.azure() == null ? AzureIdentity.MACHINE : fleet.azure().platformIdentity(fleet.name());
    }

    /** Whether the database lets in an identity of Azure's instead of a password. */
    boolean isDatabaseByIdentity() {
        return isByIdentity(layout.fleet().database());
    }

    /** Whether the storage account lets in an identity of Azure's instead of a connection string. */
    boolean isStorageByIdentity() {
        return isByIdentity(layout.fleet().blobStorage());
    }

    /** The address of the storage account, where that is elsewhere. */
    URI storageEndpoint() {
        return URI.create(((Elsewhere) layout.fleet().blobStorage()).address());
    }

    /** The connection string of the storage account: a secret. */
    String storage() {
        return switch (layout.fleet().blobStorage()) {
            case Provided() ->
                "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=%s;"
                        .formatted(
                                USER,
                                secrets.storageKey(),
                                reached.apply(URI.create("http://%s/%s".formatted(layout.only("blob-storage"), USER))));
            case Elsewhere(var address, var _, var _, var _, var _) -> {
                String credential = secrets.storageElsewhere();
                yield credential == null ? "BlobEndpoint=%s;".formatted(address) : credential;
            }
        };
    }

    /**
     * Where the zips of all versions lie.
     *
     * @param azure who we are, should the storage let in identities of Azure's
     */
    public BlobStore bundles(AzureSignIn azure) {
        return blobs(StorageSettings.bundlesOf(layout.fleet().name()), azure);
    }

    /**
     * Where archives of the platform's code lie.
     *
     * @param azure who we are, should the storage let in identities of Azure's
     */
    public BlobStore code(AzureSignIn azure) {
        return blobs(CodeArchive.CONTAINER, azure);
    }

    private BlobStore blobs(String container, AzureSignIn azure) {
        return isStorageByIdentity()
                ? new AzureBlobStore(storageEndpoint(), azure.identity(), container)
                : new AzureBlobStore(StorageSettings.of(storage(), container));
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
