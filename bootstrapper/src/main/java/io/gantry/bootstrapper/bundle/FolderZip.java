package io.gantry.bootstrapper.bundle;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Packs a folder so that the same files always give the same bytes: sorted, without times. The same bytes are the same
 * version, which is not built again. Links are packed as what they lead to.
 */
final class FolderZip {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;

    private FolderZip() {}

    /** @return the number of files packed */
    static int pack(Path folder, Path zip) throws IOException {
        SortedMap<String, Path> files = filesOf(folder);
        try (var out = new ZipArchiveOutputStream(zip)) {
            for (var file : files.entrySet()) {
                put(file.getKey(), file.getValue(), out);
            }
        }
        return files.size();
    }

    private static void put(String name, Path file, ZipArchiveOutputStream out) throws IOException {
        var entry = new ZipArchiveEntry(name);
        entry.setTimeLocal(NO_TIME);
        entry.setUnixMode(Files.isExecutable(file) ? PROGRAM : FILE);
        entry.setSize(Files.size(file));
        out.putArchiveEntry(entry);
        Files.copy(file, out);
        out.closeArchiveEntry();
    }

    private static SortedMap<String, Path> filesOf(Path folder) throws IOException {
        IgnoreRules rules = IgnoreRules.of(folder);
        SortedMap<String, Path> files = new TreeMap<>();
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                        Path path = folder.relativize(entered);
                        return rules.leaveOutAll(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        Path path = folder.relativize(file);
                        if (!rules.leaveOut(path)) {
                            files.put(nameOf(path), readable(file, attributes));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private static Path readable(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is neither a file nor a folder");
        }
        return file;
    }

    private static String nameOf(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
