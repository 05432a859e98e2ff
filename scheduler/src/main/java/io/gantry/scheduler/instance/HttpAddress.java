package io.gantry.scheduler.instance;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users put into a browser. */
public final class HttpAddress {
    private HttpAddress() {}

    /** @return none for an instance that listens on no port */
    public static Optional<URI> of(String address, @Nullable Integer port) {
        return Optional.ofNullable(port).map(known -> URI.create("http://%s:%d/".formatted(address, known)));
    }
}
