package io.gantry.benchmarks.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.processes.Child;
import io.gantry.benchmarks.processes.Command;
import io.gantry.benchmarks.processes.Packages;
import io.gantry.benchmarks.processes.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** OpenSSH's server on loopback, for the user who measures, with keys made for this one run. */
final class Sshd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String USER = System.getProperty("user.name");

    private final Path folder;
    private final int port;
    private final Child server;

    private Sshd(Path folder, int port, Child server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    static Sshd start(Path folder, Progress progress) throws Exception {
        Path program = Packages.program("sshd", "openssh-server", progress);
        int port = Ports.free();
        makeKey(folder.resolve("host_key"));
        makeKey(folder.resolve("user_key"));
        Path config = Files.writeString(folder.resolve("sshd_config"), configuration(folder, port));
        makePrivilegeSeparationFolder();
        Child server = Child.start(
                "sshd",
                List.of(program.toString(), "-D", "-e", "-f", config.toString()),
                Map.of(),
                folder.resolve("sshd.log"));
        return new Sshd(folder, port, server.awaitPort(port, PATIENCE));
    }

    private static String configuration(Path folder, int port) {
        return """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s
                AllowUsers %s
                AuthenticationMethods publickey
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                PidFile none
                """.formatted(port, folder.resolve("host_key"), folder.resolve("user_key.pub"), USER);
    }

    private static void makeKey(Path file) throws IOException, InterruptedException {
        Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "benchmark", "-f", file.toString());
    }

    /** Debian's init script makes it; without it, sshd does not start as root. */
    private static void makePrivilegeSeparationFolder() throws IOException {
        if (USER.equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
    }

    Path userKey() {
        return folder.resolve("user_key");
    }

    String hostKey() throws IOException {
        return Files.readString(folder.resolve("host_key.pub")).strip().replaceFirst(" benchmark$", "");
    }

    URI uri() {
        return URI.create("ssh://%s@127.0.0.1:%d".formatted(USER, port));
    }

    /** An {@code ssh} that knows this server and its key, in a folder to be put at the head of {@code PATH}. */
    Path client() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path knownHosts = Files.writeString(
                folder.resolve("known_hosts"), "[127.0.0.1]:%d %s%n".formatted(port, hostKey()), UTF_8);
        Path ssh = Files.writeString(bin.resolve("ssh"), """
                #!/bin/sh
                exec /usr/bin/ssh -F none -i %s -o UserKnownHostsFile=%s "$@"
                """.formatted(userKey(), knownHosts));
        if (!ssh.toFile().setExecutable(true)) {
            throw new IOException("Can't make " + ssh + " executable");
        }
        return bin;
    }

    @Override
    public void close() {
        server.close();
    }
}
