package io.gantry.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What bytes are known by: their SHA-256, in 64 lower-case hexadecimal digits. */
public final class Sha256 {
    /** A regular expression for it. */
    public static final String FORM = "[0-9a-f]{64}";

    private final MessageDigest digest;

    /** Of bytes that are still to come. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK knows SHA-256", impossible);
        }
    }

    public static String of(byte[] bytes) {
        var sha256 = new Sha256();
        sha256.add(bytes);
        return sha256.hex();
    }

    public static String of(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return of(bytes);
        }
    }

    /** Of all that is left; closing it is up to whoever opened it. */
    public static String of(InputStream bytes) throws IOException {
        var sha256 = new Sha256();
        sha256.reading(bytes).transferTo(OutputStream.nullOutputStream());
        return sha256.hex();
    }

    public void add(byte[] bytes) {
        digest.update(bytes);
    }

    /** The same bytes; what is read of them is added. */
    public InputStream reading(InputStream bytes) {
        return new DigestInputStream(bytes, digest);
    }

    /** To the same place; what is written there is added. */
    public OutputStream writing(OutputStream bytes) {
        return new DigestOutputStream(bytes, digest);
    }

    /** Of all that was added since the last time. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
