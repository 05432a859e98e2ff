package io.gantry.storage;

import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Of a storage that nobody else reaches. */
final class NoLanding implements Landing {
    @Override
    public Optional<URI> grant(String key, Instant from, Instant until) {
        return Optional.empty();
    }

    @Override
    public InputStream open(String key) {
        throw new NoSuchBlob(key);
    }

    @Override
    public void discard(String key) {
        // Nothing was ever put there.
    }
}
