package io.gantry.bootstrapper.backup;

import io.gantry.contract.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Knows afterwards what went through it. Closing it closes nothing: what is behind it goes on. */
final class CountedOutput extends FilterOutputStream {
    private final Sha256 sha256;
    private long size;

    CountedOutput(OutputStream out) {
        this(out, new Sha256());
    }

    private CountedOutput(OutputStream out, Sha256 sha256) {
        super(sha256.writing(out));
        this.sha256 = sha256;
    }

    @Override
    public void write(int single) throws IOException {
        out.write(single);
        size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        size += length;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    Part part(String name) {
        return new Part(name, size, sha256.hex());
    }
}
