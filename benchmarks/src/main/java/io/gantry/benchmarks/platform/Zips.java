package io.gantry.benchmarks.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The bundles that are deployed. The same files always make the same bytes. */
public final class Zips {
    private static final FileTime THEN = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private Zips() {}

    /** A service that starts in a few milliseconds of CPU and takes next to nothing, so that what is measured is the platform. */
    public static byte[] tiny() {
        return tiny("0.03");
    }

    /** @param cpus that it may use: with few of them, many run beside one another; with more, it starts sooner */
    public static byte[] tiny(String cpus) {
        String config = new String(read("tiny/config.json"), UTF_8).formatted(cpus);
        return of(Map.of(
                "config.json", config.getBytes(UTF_8),
                "Dockerfile", read("tiny/Dockerfile"),
                "app.pl", read("tiny/app.pl")));
    }

    /** A service upon a base image that every fleet has, quick to start all the same: it serves its own files. */
    public static byte[] files() {
        return of(Map.of("config.json", read("files/config.json"), "index.html", "ok".getBytes(UTF_8)));
    }

    /** @param files by their paths */
    public static byte[] of(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setLastModifiedTime(THEN);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Making a bundle", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Objects.requireNonNull(Zips.class.getResourceAsStream(resource), resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + resource, e);
        }
    }
}
