package io.gantry.machines.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gantry.remote.HostKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A machine's host key, read from its disk through the engine: no network, and nobody on it, is asked. */
final class HostKeyOnDisk {
    private static final String FILE = "/etc/ssh/ssh_host_ed25519_key.pub";

    private static final int AT_MOST = 1024;

    private HostKeyOnDisk() {}

    /** @return empty until the machine has made it, in its first boot */
    static Optional<HostKey> of(DockerClient docker, String container) {
        try (InputStream tar =
                docker.copyArchiveFromContainerCmd(container, FILE).exec()) {
            return Optional.of(HostKey.parse(onlyFileIn(tar)));
        } catch (NotFoundException notYet) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException("Reading the host key of " + container, broken);
        }
    }

    private static String onlyFileIn(InputStream tar) throws IOException {
        try (var entries = new TarArchiveInputStream(tar)) {
            entries.getNextEntry();
            return new String(entries.readNBytes(AT_MOST), StandardCharsets.UTF_8);
        }
    }
}
