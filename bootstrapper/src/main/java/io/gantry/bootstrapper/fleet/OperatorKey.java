package io.gantry.bootstrapper.fleet;

import io.gantry.machines.platform.FirstKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The API key that a fleet begins with. It leaves this computer only in requests; the fleet knows its hash.
 *
 * @param text {@code gantry_<id>_<secret>}
 */
record OperatorKey(String text) {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int ID_BYTES = 5;
    private static final int SECRET_BYTES = 32;

    /** The one in the file; made where there is none. */
    static OperatorKey in(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                write(file, random);
            }
            return new OperatorKey(Files.readString(file).strip());
        } catch (IOException unusable) {
            throw new UncheckedIOException("The fleet's API key in " + file, unusable);
        }
    }

    private static void write(Path file, SecureRandom random) throws IOException {
        String key = "gantry_%s_%s".formatted(HexFormat.of().formatHex(bytes(random, ID_BYTES)), secret(random));
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new", OWNER_ONLY);
        Files.writeString(fresh, key + "\n");
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            Files.delete(fresh);
            return;
        }
        Files.delete(fresh);
    }

    private static String secret(SecureRandom random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, SECRET_BYTES));
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    FirstKey asTheFleetKnowsIt() {
        return new FirstKey(text.split("_", 3)[1], sha256());
    }

    private String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "OperatorKey[...]";
    }
}
