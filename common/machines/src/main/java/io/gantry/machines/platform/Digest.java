package io.gantry.machines.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.Sha256;
import java.nio.ByteBuffer;
import java.util.List;

/** SHA-256 of texts one after the other; where one ends and the next begins is part of it. */
final class Digest {
    private final Sha256 sha256 = new Sha256();

    void add(String... texts) {
        add(List.of(texts));
    }

    void add(List<String> texts) {
        addLength(texts.size());
        for (String text : texts) {
            byte[] bytes = text.getBytes(UTF_8);
            addLength(bytes.length);
            sha256.add(bytes);
        }
    }

    private void addLength(int length) {
        sha256.add(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }

    String hex() {
        return sha256.hex();
    }
}
