package io.gantry.bundle;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** A folder at the top that holds everything, as archivers make it of a folder that is packed. */
final class TopFolder {
    private TopFolder() {}

    /** @return the entries without it, if there is one */
    static SortedMap<String, ZipArchiveEntry> lookedThrough(SortedMap<String, ZipArchiveEntry> entries) {
        Set<String> tops = entries.keySet().stream().map(TopFolder::top).collect(Collectors.toSet());
        if (tops.size() != 1) {
            return entries;
        }
        String top = tops.iterator().next();
        ZipArchiveEntry itself = entries.get(top);
        return itself == null || itself.isDirectory() ? below(top, entries) : entries;
    }

    private static SortedMap<String, ZipArchiveEntry> below(String top, SortedMap<String, ZipArchiveEntry> entries) {
        SortedMap<String, ZipArchiveEntry> below = new TreeMap<>();
        entries.forEach((path, entry) -> {
            if (!path.equals(top)) {
                below.put(path.substring(top.length() + 1), entry);
            }
        });
        return below;
    }

    private static String top(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }
}
