package io.gantry.bundle;

import static io.gantry.bundle.ZipBytes.unsignedInt;
import static io.gantry.bundle.ZipBytes.unsignedShort;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A first look at a zip's list of entries, in little memory: the library that reads the zip afterwards loads the whole list
 * as objects, so by then it must be known to be a list, and a short one.
 *
 * <p>The file must be the zip and nothing else. Where bytes follow its end or stand within the list, two readers may see
 * two zips.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int ZIP64_SIGNATURE = 0x07064b50;
    private static final int ZIP64_SIZE = 20;

    private final ZipBytes zip;
    private final BundleLimits limits;

    private ZipDirectory(ZipBytes zip, BundleLimits limits) {
        this.zip = zip;
        this.limits = limits;
    }

    /** @return where it begins: the bytes of every entry end before */
    static long check(ZipBytes zip, BundleLimits limits) throws IOException {
        return new ZipDirectory(zip, limits).check();
    }

    private long check() throws IOException {
        refuseSize();
        long endAt = findEnd();
        refuseZip64(endAt);
        ByteBuffer end = zip.read(endAt, END_SIZE);
        refuseSeveralParts(end);
        int count = unsignedShort(end, 10);
        long length = unsignedInt(end, 12);
        long begin = unsignedInt(end, 16);
        refuseCount(count, length);
        if (begin + length != endAt || entriesIn(zip.read(begin, (int) length)) != count) {
            throw notAZip("its list of entries is not where, or not as long, as it says");
        }
        return begin;
    }

    private void refuseSize() throws IOException {
        if (zip.size() == 0) {
            throw BundleRefused.zip(Refusal.EMPTY_ZIP, "The zip is empty: not a single byte arrived");
        }
        if (zip.size() > limits.zipBytes()) {
            throw BundleRefused.zip(
                    Refusal.ZIP_TOO_LARGE, "The zip is larger than %d bytes".formatted(limits.zipBytes()));
        }
    }

    private long findEnd() throws IOException {
        int reach = (int) Math.min(zip.size(), END_SIZE + LONGEST_COMMENT);
        long from = zip.size() - reach;
        ByteBuffer tail = zip.read(from, reach);
        for (int at = reach - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                if (at + END_SIZE + unsignedShort(tail, at + 20) != reach) {
                    throw notAZip("bytes follow its end");
                }
                return from + at;
            }
        }
        throw notAZip("the end of a zip is missing; was it cut?");
    }

    /** Only a zip beyond every limit here needs that form, and its end can say two things at once. */
    private void refuseZip64(long endAt) throws IOException {
        long at = endAt - ZIP64_SIZE;
        if (at >= 0 && zip.read(at, Integer.BYTES).getInt(0) == ZIP64_SIGNATURE) {
            throw notAZip("it has the Zip64 form, which is for zips larger than may be taken");
        }
    }

    private static void refuseSeveralParts(ByteBuffer end) {
        if (end.getShort(4) != 0 || end.getShort(6) != 0 || end.getShort(8) != end.getShort(10)) {
            throw notAZip("it is one part of several");
        }
    }

    private void refuseCount(int count, long length) {
        if (count == 0) {
            throw BundleRefused.zip(Refusal.EMPTY_ZIP, "The zip is empty: it holds no entry");
        }
        if (count > limits.entries() || length > limits.directoryBytes()) {
            throw BundleRefused.zip(
                    Refusal.TOO_MANY_ENTRIES,
                    "The zip holds more than %d entries, or their names are too long".formatted(limits.entries()));
        }
    }

    /** @return -1 if the list is not made of entries from its beginning to its end */
    private static int entriesIn(ByteBuffer list) {
        int count = 0;
        int at = 0;
        while (at + ENTRY_SIZE <= list.limit() && list.getInt(at) == ENTRY_SIGNATURE) {
            at += ENTRY_SIZE
                    + unsignedShort(list, at + 28)
                    + unsignedShort(list, at + 30)
                    + unsignedShort(list, at + 32);
            count++;
        }
        return at == list.limit() ? count : -1;
    }

    private static BundleRefused notAZip(String why) {
        return BundleRefused.zip(Refusal.NOT_A_ZIP, "This is not a zip that can be taken: " + why);
    }
}
