package io.gantry.bundle;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** Refuses entries that have no place in a bundle, by what the zip says of them. */
final class ZipEntries {
    private static final int FILE_TYPE = 0170000;

    private ZipEntries() {}

    static void refuseWhatIsNoPlainFile(ZipArchiveEntry entry) {
        switch (entry.getUnixMode() & FILE_TYPE) {
            case 0, UnixStat.FILE_FLAG, UnixStat.DIR_FLAG -> {}
            case UnixStat.LINK_FLAG ->
                throw BundleRefused.entry(
                        Refusal.SYMLINK, entry.getName(), "is a symbolic link: put the file itself into the zip");
            default ->
                throw BundleRefused.entry(Refusal.SPECIAL_FILE, entry.getName(), "is a device, a pipe or a socket");
        }
    }

    static void refuseWhatCannotBeRead(ZipArchiveEntry entry) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw BundleRefused.entry(Refusal.ENCRYPTED, entry.getName(), "is encrypted: pack it without a password");
        }
        if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
            throw BundleRefused.entry(
                    Refusal.UNSUPPORTED_COMPRESSION,
                    entry.getName(),
                    "is packed by method %d: use deflate".formatted(entry.getMethod()));
        }
    }

    /** What the zip says the entries are; that not one byte more comes out is seen to while they are inflated. */
    static void refuseBombs(List<ZipArchiveEntry> entries, long zipSize, BundleLimits limits) {
        long byRatio = limits.bytesAllowedByRatio(zipSize);
        long total = 0;
        for (ZipArchiveEntry entry : entries) {
            long before = total;
            total += Math.clamp(entry.getSize(), 0, Long.MAX_VALUE - before);
            if (total > limits.unpackedBytes()) {
                throw BundleRefused.entry(
                        Refusal.UNPACKED_TOO_LARGE,
                        entry.getName(),
                        "brings the bundle beyond %d bytes unpacked".formatted(limits.unpackedBytes()));
            }
            if (total > byRatio) {
                throw BundleRefused.entry(
                        Refusal.RATIO_TOO_HIGH,
                        entry.getName(),
                        "brings the bundle beyond %d times the size of its zip".formatted(limits.ratio()));
            }
        }
    }

    /**
     * Entries that share bytes are how a small zip unpacks to a large one.
     *
     * @param end where the last entry's bytes must have ended
     */
    static void refuseMismatches(List<ZipArchiveEntry> entries, ZipBytes zip, long end) throws IOException {
        List<ZipArchiveEntry> inPlace = entries.stream()
                .sorted(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset))
                .toList();
        long from = 0;
        for (ZipArchiveEntry entry : inPlace) {
            LocalHeader header = LocalHeader.agreeing(zip, entry);
            if (entry.getLocalHeaderOffset() < from || header.dataAt() + entry.getCompressedSize() > end) {
                throw BundleRefused.entry(
                        Refusal.HEADER_MISMATCH, entry.getName(), "shares its bytes with another entry");
            }
            from = header.dataAt() + entry.getCompressedSize();
        }
    }
}
