package io.gantry.bootstrapper.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What stands in the clear at the beginning of a backup, in 32 bytes: {@code GANTRYBK}, the format (2 bytes), how the key follows from
 * the passphrase (2 bytes, 1: PBKDF2 with HMAC-SHA-256), its rounds (4 bytes), its salt (16 bytes). Numbers begin with their highest byte. The
 * key vouches for all of it.
 */
record Header(int rounds, byte[] salt) {
    private static final byte[] MAGIC = "GANTRYBK".getBytes(US_ASCII);
    private static final short FORMAT = 1;
    private static final short PBKDF2_HMAC_SHA256 = 1;
    private static final int SALT_BYTES = 16;
    private static final int BYTES = 32;
    /** OWASP's advice for PBKDF2 with SHA-256. */
    private static final int ROUNDS = 600_000;
    /** A file that asks for more is to keep us busy for ever. */
    private static final int MOST_ROUNDS = 20_000_000;

    static Header draw(SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Header(ROUNDS, salt);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put(MAGIC)
                .putShort(FORMAT)
                .putShort(PBKDF2_HMAC_SHA256)
                .putInt(rounds)
                .put(salt)
                .array();
    }

    /** @param file for what is said if this is no header */
    static Header read(InputStream in, Path file) throws IOException {
        byte[] bytes = new DataInputStream(in).readNBytes(BYTES);
        if (!Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
            throw Damaged.noBackup(file);
        }
        if (bytes.length < BYTES) {
            throw Damaged.within(file, "it ends in its header");
        }
        return parse(ByteBuffer.wrap(bytes).position(MAGIC.length), file);
    }

    private static Header parse(ByteBuffer bytes, Path file) {
        short format = bytes.getShort();
        if (format > FORMAT) {
            throw Damaged.newer(file, format);
        }
        short derivation = bytes.getShort();
        int rounds = bytes.getInt();
        if (format < 1 || derivation != PBKDF2_HMAC_SHA256 || rounds < 1 || rounds > MOST_ROUNDS) {
            throw Damaged.within(file, "its header makes no sense");
        }
        byte[] salt = new byte[SALT_BYTES];
        bytes.get(salt);
        return new Header(rounds, salt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Header that && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }
}
