package io.gantry.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * An entry's bytes, counted as they are inflated. Not one more comes out than the zip says, and at the end they are found to
 * be as many, and the same.
 */
final class EntryStream extends FilterInputStream {
    private final ZipArchiveEntry entry;
    private final CRC32 crc = new CRC32();
    private long left;

    EntryStream(InputStream inflated, ZipArchiveEntry entry) {
        super(inflated);
        this.entry = entry;
        this.left = entry.getSize();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = inflate(into, from, length);
        if (read < 0) {
            mustBeWhole();
            return read;
        }
        left -= read;
        if (left < 0) {
            throw refused(Refusal.HEADER_MISMATCH, "is larger than the zip says");
        }
        crc.update(into, from, read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, 8192)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private int inflate(byte[] into, int from, int length) {
        try {
            return in.read(into, from, length);
        } catch (IOException unreadable) {
            throw BundleRefused.entry(Refusal.CORRUPT_ENTRY, entry.getName(), "can't be inflated", unreadable);
        }
    }

    private void mustBeWhole() {
        if (left > 0) {
            throw refused(Refusal.HEADER_MISMATCH, "is smaller than the zip says");
        }
        if (crc.getValue() != entry.getCrc()) {
            throw refused(Refusal.CORRUPT_ENTRY, "does not have the checksum that the zip says");
        }
    }

    private BundleRefused refused(Refusal refusal, String complaint) {
        return BundleRefused.entry(refusal, entry.getName(), complaint);
    }
}
