package io.gantry.testkit.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A key pair for TLS, made by the JDK's own keytool and gone with the test. */
public record ServerKeys(KeyStore store, Certificate certificate) {
    private static final String PASSWORD = "for a test";
    private static final String ALIAS = "server";
    private static final int SECONDS = 60;

    /** @param names as in {@code dns:localhost} or {@code ip:127.0.0.1} */
    public static ServerKeys make(List<String> names) {
        try {
            Path folder = Files.createTempDirectory("server-keys");
            Path file = folder.resolve("keys.p12");
            try {
                generate(file, names);
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream stream = Files.newInputStream(file)) {
                    store.load(stream, PASSWORD.toCharArray());
                }
                return new ServerKeys(store, store.getCertificate(ALIAS));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void generate(Path file, List<String> names) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp384r1",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=a part of Azure for tests",
                        "-ext",
                        "san=" + String.join(",", names),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            if (!keytool.waitFor(SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                keytool.destroyForcibly();
                throw new IOException("keytool made no keys: "
                        + new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException stopped) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    PrivateKey privateKey() {
        try {
            return (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    SSLContext serving() {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust()}, null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** For clients that want to know whom they trust. */
    public X509TrustManager trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return (X509TrustManager) trust.getTrustManagers()[0];
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The certificate, as a file has it. */
    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The private key, as a file has it. */
    public String privateKeyPem() {
        return pem("PRIVATE KEY", privateKey().getEncoded());
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Stream.of("-----BEGIN %s-----".formatted(what), text, "-----END %s-----".formatted(what), "")
                .collect(Collectors.joining("\n"));
    }
}
