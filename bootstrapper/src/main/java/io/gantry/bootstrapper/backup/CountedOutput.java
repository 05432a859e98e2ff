package io.gantry.bootstrapper.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Knows afterwards what went through it. Closing it closes nothing: what is behind it goes on. */
final class CountedOutput extends FilterOutputStream {
    private final MessageDigest sha256 = Sha256.digest();
    private long size;

    CountedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int single) throws IOException {
        out.write(single);
        sha256.update((byte) single);
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        sha256.update(bytes, offset, length);
        size += length;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    Part part(String name) {
        return new Part(name, size, HexFormat.of().formatHex(sha256.digest()));
    }
}
