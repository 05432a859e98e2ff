package io.gantry.bundle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** The paths of a bundle: each means one thing, wherever it is unpacked. */
final class EntryPaths {
    private static final String MACOS_FOLDER = "__MACOSX";
    private static final String MACOS_FILE = ".DS_Store";

    private final SortedMap<String, ZipArchiveEntry> entries = new TreeMap<>();
    private final Map<String, String> pathByFolded = new HashMap<>();

    private EntryPaths() {}

    static SortedMap<String, ZipArchiveEntry> of(List<ZipArchiveEntry> entries) {
        EntryPaths paths = new EntryPaths();
        entries.forEach(paths::take);
        paths.refuseFilesUsedAsFolders();
        return TopFolder.lookedThrough(paths.entries);
    }

    private void take(ZipArchiveEntry entry) {
        String path = EntryName.checked(entry.getRawName());
        if (path.isEmpty() || isAddedByMacos(path)) {
            return;
        }
        String twin = pathByFolded.putIfAbsent(EntryName.folded(path), path);
        if (path.equals(twin)) {
            throw BundleRefused.entry(Refusal.DUPLICATE_PATH, path, "is there twice");
        }
        if (twin != null) {
            throw BundleRefused.entry(
                    Refusal.AMBIGUOUS_PATH, path, "and %s differ only in case".formatted(EntryName.shown(twin)));
        }
        entries.put(path, entry);
    }

    private static boolean isAddedByMacos(String path) {
        return path.equals(MACOS_FOLDER)
                || path.startsWith(MACOS_FOLDER + "/")
                || path.equals(MACOS_FILE)
                || path.endsWith("/" + MACOS_FILE);
    }

    private void refuseFilesUsedAsFolders() {
        Set<String> folders = new HashSet<>();
        for (String path : entries.keySet()) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(EntryName.folded(path.substring(0, slash)));
            }
        }
        entries.forEach((path, entry) -> {
            if (!entry.isDirectory() && folders.contains(EntryName.folded(path))) {
                throw BundleRefused.entry(Refusal.DUPLICATE_PATH, path, "is a file and a folder at once");
            }
        });
    }
}
