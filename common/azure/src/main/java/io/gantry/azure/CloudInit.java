package io.gantry.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;

/**
 * What a machine does at its first boot. The same for all machines of all fleets, so nothing of a fleet can be in it: whoever is
 * on a machine can read it there.
 */
final class CloudInit {
    private static final String FILE = "cloud-config.yaml";

    private CloudInit() {}

    /** As Azure takes it. */
    static String customData() {
        try (InputStream file = CloudInit.class.getResourceAsStream(FILE)) {
            return Base64.getEncoder()
                    .encodeToString(Objects.requireNonNull(file).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
