package io.gantry.machines.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The archive of what the build made, packed anew only if that has changed since. A note beside it says what it was packed
 * from: names, sizes and times of the files.
 */
public final class KeptArchive {
    private static final String END_OF_LINE = "\n";
    private static final String BEGUN = ".begun";

    private final Path folder;
    private final Path file;
    private final Path note;

    /**
     * @param folder {@code platform/target/platform}
     * @param file where the tar is kept
     */
    public KeptArchive(Path folder, Path file) {
        this.folder = folder;
        this.file = file.toAbsolutePath();
        this.note = this.file.resolveSibling(file.getFileName() + ".made-of");
    }

    public CodeArchive get() {
        try {
            String parts = parts();
            Optional<CodeArchive> kept = kept(parts);
            return kept.isPresent() ? kept.get() : pack(parts);
        } catch (IOException failure) {
            throw new UncheckedIOException("Packing the platform's code in " + folder, failure);
        }
    }

    private String parts() throws IOException {
        var parts = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                parts.append("%s %d %s\n".formatted(each, Files.size(each), Files.getLastModifiedTime(each)));
            }
        }
        return parts.toString();
    }

    private Optional<CodeArchive> kept(String parts) throws IOException {
        if (!Files.exists(file) || !Files.exists(note)) {
            return Optional.empty();
        }
        String[] digestAndParts = Files.readString(note).split(END_OF_LINE, 2);
        return digestAndParts.length == 2 && digestAndParts[1].equals(parts)
                ? Optional.of(new CodeArchive(file, digestAndParts[0]))
                : Optional.empty();
    }

    /** In one piece: another may be reading the one before. Dying in between leaves one without a note. */
    private CodeArchive pack(String parts) throws IOException {
        clear();
        Path begun = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + BEGUN);
        try {
            CodeArchive packed = CodeArchive.pack(folder, begun);
            Files.deleteIfExists(note);
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(note, packed.sha256() + END_OF_LINE + parts);
            return new CodeArchive(file, packed.sha256());
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    /** Of those who were killed while they packed. */
    private void clear() throws IOException {
        Pattern ours = Pattern.compile(
                Pattern.quote(file.getFileName().toString()) + "\\.([0-9]{1,18})" + Pattern.quote(BEGUN));
        try (Stream<Path> there = Files.list(file.getParent())) {
            for (Path each : there.toList()) {
                Matcher name = ours.matcher(each.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
