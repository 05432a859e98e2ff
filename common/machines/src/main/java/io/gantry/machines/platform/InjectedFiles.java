package io.gantry.machines.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files on their way into a container: a tar, as the engine takes it. */
final class InjectedFiles {
    private InjectedFiles() {}

    /** The folders that are missing are made by the engine, for all to enter. */
    static InputStream tar(List<InjectedFile> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
            for (InjectedFile file : files) {
                add(tar, file);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void add(TarArchiveOutputStream tar, InjectedFile file) throws IOException {
        byte[] content = file.content().getBytes(UTF_8);
        var entry = new TarArchiveEntry(file.path().substring(1));
        entry.setSize(content.length);
        entry.setMode(file.mode());
        entry.setIds(file.uid(), file.uid());
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
