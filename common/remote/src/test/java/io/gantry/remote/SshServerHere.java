package io.gantry.remote;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.gantry.testkit.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.shell.ProcessShellFactory;

/** A real SSH server in this JVM, on loopback, that lets one key in and forwards to unix sockets of this machine. */
final class SshServerHere implements AutoCloseable {
    private final Path keyFile;
    private final PublicKey clientKey;
    private final AtomicInteger sessions = new AtomicInteger();
    private java.security.KeyPair hostKey = newKey();
    private volatile boolean dies;
    private SshServer server;

    SshServerHere(Path folder) throws IOException {
        keyFile = folder.resolve("id_ecdsa");
        clientKey = writeClientKey(keyFile);
        server = started(FreePorts.next());
    }

    Path keyFile() {
        return keyFile;
    }

    int port() {
        return server.getPort();
    }

    URI engine() {
        return URI.create("ssh://gantry@127.0.0.1:" + port());
    }

    String hostKey() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    SshTarget target() {
        return SshTarget.of(engine(), hostKey());
    }

    /** How many sessions were ever opened. */
    int sessions() {
        return sessions.get();
    }

    /** Every session is cut; new ones are taken. */
    void cutSessions() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    /** From now on its end of the connection is gone, without a word, when it is to say whether a key is let in. */
    void dieOverKeys() {
        dies = true;
    }

    /** The same address, another machine. */
    void restartWithAnotherHostKey() throws IOException {
        int port = port();
        server.stop(true);
        hostKey = newKey();
        server = started(port);
    }

    private SshServer started(int port) throws IOException {
        SshServer fresh = SshServer.setUpDefaultServer();
        fresh.setHost("127.0.0.1");
        fresh.setPort(port);
        fresh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        fresh.setPublickeyAuthenticator((user, key, session) -> {
            if (dies) {
                session.getIoSession().close(true);
            }
            return "gantry".equals(user) && KeyUtils.compareKeys(key, clientKey);
        });
        fresh.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        fresh.setCommandFactory(
                (channel, command) -> new ProcessShellFactory(command, "/bin/sh", "-c", command).createShell(channel));
        List<ChannelFactory> channels = new ArrayList<>(fresh.getChannelFactories());
        channels.add(new StreamLocalForwarding());
        fresh.setChannelFactories(channels);
        fresh.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                sessions.incrementAndGet();
            }
        });
        fresh.start();
        return fresh;
    }

    /** Writes a fresh private key in OpenSSH's format. */
    static PublicKey writeClientKey(Path file) throws IOException {
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256);
            pair.writePrivateKey(file.toString());
            var publicKey = new ByteArrayOutputStream();
            pair.writePublicKey(publicKey, "test");
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            return AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                            publicKey.toString(StandardCharsets.UTF_8).strip())
                    .resolvePublicKey(null, null, null);
        } catch (JSchException | GeneralSecurityException failure) {
            throw new IOException("Writing a key to " + file, failure);
        }
    }

    private static java.security.KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has this curve", impossible);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
