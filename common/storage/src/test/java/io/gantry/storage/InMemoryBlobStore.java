package io.gantry.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs that are gone with the test. Where tests want a store that does not answer, they say so. */
public final class InMemoryBlobStore implements BlobStore {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Map<String, Blob> blobs = new ConcurrentHashMap<>();
    private volatile boolean away;

    private record Blob(byte[] bytes, Instant storedAt) {}

    /** From now on nothing is answered, or again everything. */
    public void setAway(boolean away) {
        this.away = away;
    }

    public Set<String> keys() {
        return Set.copyOf(blobs.keySet());
    }

    @Override
    public void put(String key, Path file) {
        answer("store", key);
        try {
            blobs.putIfAbsent(key, new Blob(Files.readAllBytes(file), CLOCK.instant()));
        } catch (IOException unreadable) {
            throw new BlobStoreUnavailable("store", key, unreadable);
        }
    }

    @Override
    public InputStream open(String key) {
        answer("read", key);
        Blob blob = blobs.get(key);
        if (blob == null) {
            throw new NoSuchBlob(key);
        }
        return new ByteArrayInputStream(blob.bytes());
    }

    @Override
    public boolean exists(String key) {
        answer("look for", key);
        return blobs.containsKey(key);
    }

    @Override
    public List<String> storedBefore(Instant instant) {
        answer("list", "any");
        return blobs.entrySet().stream()
                .filter(blob -> blob.getValue().storedAt().isBefore(instant))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void delete(String key) {
        answer("delete", key);
        blobs.remove(key);
    }

    private void answer(String operation, String key) {
        if (away) {
            throw new BlobStoreUnavailable(operation, key, new IOException("connection refused"));
        }
    }
}
