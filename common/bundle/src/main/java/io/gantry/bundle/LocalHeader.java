package io.gantry.bundle;

import static io.gantry.bundle.ZipBytes.unsignedInt;
import static io.gantry.bundle.ZipBytes.unsignedShort;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * What stands directly before an entry's bytes. It repeats what the zip's list of entries says; a reader that goes through
 * the zip from its beginning believes this one, so the two must agree.
 */
final class LocalHeader {
    private static final int SIGNATURE = 0x04034b50;
    private static final int SIZE = 30;
    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW_THE_DATA = 1 << 3;
    private static final long SIZE_IS_ELSEWHERE = 0xFFFFFFFFL;

    private final ByteBuffer fixed;
    private final ByteBuffer name;
    private final long at;

    private LocalHeader(ByteBuffer fixed, ByteBuffer name, long at) {
        this.fixed = fixed;
        this.name = name;
        this.at = at;
    }

    /** @throws BundleRefused if it is not there or says something else */
    static LocalHeader agreeing(ZipBytes zip, ZipArchiveEntry entry) throws IOException {
        long at = entry.getLocalHeaderOffset();
        ByteBuffer fixed = zip.read(at, SIZE);
        ByteBuffer name = zip.read(at + SIZE, unsignedShort(fixed, 26));
        LocalHeader header = new LocalHeader(fixed, name, at);
        if (!header.agreesWith(entry)) {
            throw BundleRefused.entry(
                    Refusal.HEADER_MISMATCH, entry.getName(), "is described in two ways by the zip: pack it again");
        }
        return header;
    }

    /** Where the entry's bytes begin. */
    long dataAt() {
        return at + SIZE + name.limit() + unsignedShort(fixed, 28);
    }

    private boolean agreesWith(ZipArchiveEntry entry) {
        return fixed.getInt(0) == SIGNATURE
                && name.equals(ByteBuffer.wrap(entry.getRawName()))
                && has(ENCRYPTED) == entry.getGeneralPurposeBit().usesEncryption()
                && has(SIZES_FOLLOW_THE_DATA) == entry.getGeneralPurposeBit().usesDataDescriptor()
                && unsignedShort(fixed, 8) == entry.getMethod()
                && agrees(unsignedInt(fixed, 14), entry.getCrc())
                && agrees(unsignedInt(fixed, 18), entry.getCompressedSize())
                && agrees(unsignedInt(fixed, 22), entry.getSize());
    }

    private boolean has(int flag) {
        return (unsignedShort(fixed, 6) & flag) != 0;
    }

    private boolean agrees(long here, long listed) {
        return here == listed || here == SIZE_IS_ELSEWHERE || (has(SIZES_FOLLOW_THE_DATA) && here == 0);
    }
}
