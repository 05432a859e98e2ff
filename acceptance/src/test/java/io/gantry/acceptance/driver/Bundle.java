package io.gantry.acceptance.driver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A service's zip, made by the test. The same files give the same bytes. */
public record Bundle(Map<String, byte[]> files) {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    public Bundle {
        files = Map.copyOf(files);
    }

    /** @param folder below {@code examples/} */
    public static Bundle ofExample(String folder) {
        return ofFolder(EXAMPLES.resolve(folder));
    }

    public static Path example(String folder) {
        return EXAMPLES.resolve(folder);
    }

    public static Bundle ofFolder(Path folder) {
        try (var paths = Files.walk(folder)) {
            var files = new TreeMap<String, byte[]>();
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
            return new Bundle(files);
        } catch (IOException failure) {
            throw new UncheckedIOException("Reading " + folder, failure);
        }
    }

    /** Nothing but a config.json. */
    public static Bundle ofConfig(String json) {
        return new Bundle(Map.of()).with("config.json", json);
    }

    /** A Python service in one file, in the least that it takes. */
    public static Bundle ofPython(String config, String program) {
        return ofConfig(config).with("app.py", program);
    }

    public Bundle with(String name, String text) {
        var more = new TreeMap<>(files);
        more.put(name, text.getBytes(StandardCharsets.UTF_8));
        return new Bundle(more);
    }

    public Bundle without(String name) {
        var fewer = new TreeMap<>(files);
        fewer.remove(name);
        return new Bundle(fewer);
    }

    /** The same with {@code old} in the file {@code name} said differently. */
    public Bundle replacing(String name, String old, String other) {
        String text = new String(files.get(name), StandardCharsets.UTF_8);
        if (!text.contains(old)) {
            throw new IllegalArgumentException("No %s in %s".formatted(old, name));
        }
        return with(name, text.replace(old, other));
    }

    public byte[] zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
