package io.gantry.deployer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.contract.manifest.AppRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is sent to the engine to build from: the bundle's files, less those it ignores, and the Dockerfile. */
final class BuildContext {
    private static final String IGNORE_FILE = ".dockerignore";
    private static final int FILE_MODE = 0644;

    private BuildContext() {}

    /** The tar, made from the zip while it is read. The bundle stays open until then. */
    static InputStream tar(BundleFile bundle, AppRuntime runtime, Dockerfile dockerfile) throws IOException {
        IgnoreRules ignored = IgnoreRules.of(bundle);
        SortedMap<String, TarStream.Part> parts = new TreeMap<>();
        for (BundleEntry entry : bundle.entries()) {
            if (isAlwaysSent(entry, dockerfile) || !(ignored.ignores(entry.path()) || isPrivate(entry, runtime))) {
                addFoldersAbove(entry.path(), parts);
                parts.put(entry.path(), part(bundle, entry));
            }
        }
        if (runtime != AppRuntime.DOCKERFILE) {
            addGenerated(dockerfile, parts);
        }
        return new TarStream(new ArrayList<>(parts.values()));
    }

    /** The builder wants to see them itself; it leaves them out of the image where they are ignored. */
    private static boolean isAlwaysSent(BundleEntry entry, Dockerfile dockerfile) {
        return entry.path().equals(dockerfile.path()) || entry.path().equals(IGNORE_FILE);
    }

    /** Everything else in a static site's image can be fetched by anyone. */
    private static boolean isPrivate(BundleEntry entry, AppRuntime runtime) {
        return runtime == AppRuntime.STATIC && entry.path().equals("config.json");
    }

    /** What we add is not to be in the image, and the bundle's own rules have been followed already. */
    private static void addGenerated(Dockerfile dockerfile, SortedMap<String, TarStream.Part> parts) {
        parts.put(dockerfile.path(), part(dockerfile.path(), dockerfile.text()));
        parts.put(IGNORE_FILE, part(IGNORE_FILE, dockerfile.path() + "\n" + IGNORE_FILE + "\n"));
    }

    private static void addFoldersAbove(String path, SortedMap<String, TarStream.Part> parts) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            parts.computeIfAbsent(path.substring(0, slash), TarStream.Part::folder);
        }
    }

    private static TarStream.Part part(BundleFile bundle, BundleEntry entry) {
        return entry.folder()
                ? TarStream.Part.folder(entry.path())
                : new TarStream.Part(entry.path(), entry.mode(), false, entry.size(), () -> bundle.read(entry));
    }

    private static TarStream.Part part(String path, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new TarStream.Part(path, FILE_MODE, false, bytes.length, () -> new ByteArrayInputStream(bytes));
    }
}
