package io.gantry.machines.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.gantry.fleet.Alerts;
import io.gantry.fleet.BackingService;
import io.gantry.fleet.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * By what a fleet's services prove themselves to what they stand on. Generated once a fleet; kept on the laptop and by the
 * lifecycle managers, as a file that only its owner reads.
 *
 * @param databasePassword of the user {@code gantry}
 * @param kafkaPassword of the user {@code gantry}
 * @param registryPassword of the user {@code gantry}
 * @param storageKey of the account {@code gantry}, in base64
 * @param databaseElsewhere what the credential file of a database elsewhere says, {@code user:password}
 * @param registryElsewhere what the credential file of a container registry elsewhere says, {@code user:password}
 * @param storageElsewhere what the credential file of a blob storage elsewhere says: a connection string
 * @param alertWebhook where alerts are posted, which lets in whoever knows it
 */
@JsonInclude(Include.NON_NULL)
public record FleetSecrets(
        String databasePassword,
        String kafkaPassword,
        String registryPassword,
        String storageKey,
        @Nullable String databaseElsewhere,
        @Nullable String registryElsewhere,
        @Nullable String storageElsewhere,
        @Nullable URI alertWebhook) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PASSWORD_BYTES = 24;
    private static final int STORAGE_KEY_BYTES = 64;

    public static FleetSecrets generate(SecureRandom random) {
        return new FleetSecrets(
                password(random),
                password(random),
                password(random),
                Base64.getEncoder().encodeToString(bytes(random, STORAGE_KEY_BYTES)),
                null,
                null,
                null,
                null);
    }

    private static String password(SecureRandom random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, PASSWORD_BYTES));
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * The same with what the user's files say now, those that the fleet names. To be called where these files are.
     *
     * @throws UncheckedIOException if one can't be read
     * @throws IllegalArgumentException if one holds something else
     */
    public FleetSecrets withElsewhere(Fleet fleet) {
        return new FleetSecrets(
                databasePassword,
                kafkaPassword,
                registryPassword,
                storageKey,
                credentialOf(fleet.database()),
                credentialOf(fleet.containerRegistry()),
                credentialOf(fleet.blobStorage()),
                webhookOf(fleet.alerts()));
    }

    private static @Nullable String credentialOf(BackingService backing) {
        return switch (backing) {
            case BackingService.Provided() -> null;
            case BackingService.Elsewhere(var address, var file, var _, var _, var _) ->
                file == null ? null : textOf(address, file);
        };
    }

    /** What it holds is not told: that lets in whoever knows it. */
    private static @Nullable URI webhookOf(@Nullable Alerts alerts) {
        if (alerts == null) {
            return null;
        }
        String line = textOf("alerts", alerts.webhookFile());
        return webAddress(line)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The file %s, for alerts, does not hold a web address, as https://hooks.example.com/T1/B2"
                                .formatted(alerts.webhookFile())));
    }

    private static Optional<URI> webAddress(String line) {
        try {
            URI address = new URI(line);
            boolean isWeb = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            return isWeb && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private static String textOf(String what, String file) {
        Path path = file.startsWith("~/") ? Path.of(System.getProperty("user.home"), file.substring(2)) : Path.of(file);
        try {
            return Files.readString(path).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read the file %s, for %s".formatted(path, what), unreadable);
        }
    }

    public static FleetSecrets parse(String json) {
        return JSON.readValue(json, FleetSecrets.class);
    }

    public String json() {
        return JSON.writeValueAsString(this);
    }

    public static FleetSecrets read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read the fleet's secrets in " + file, unreadable);
        }
    }

    /** Whole, or not at all; readable by its owner alone. */
    public void write(Path file) {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "secrets", ".new", ownerOnly);
            Files.writeString(fresh, json());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Can't write the fleet's secrets to " + file, unwritable);
        }
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "FleetSecrets[...]";
    }
}
