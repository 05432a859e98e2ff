package io.gantry.machines.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of texts one after the other; where one ends and the next begins is part of it. */
final class Digest {
    private final MessageDigest sha256 = sha256();

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException noSuchJdk) {
            throw new IllegalStateException(noSuchJdk);
        }
    }

    void add(String... texts) {
        add(List.of(texts));
    }

    void add(List<String> texts) {
        addLength(texts.size());
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            addLength(bytes.length);
            sha256.update(bytes);
        }
    }

    private void addLength(int length) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    }

    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
