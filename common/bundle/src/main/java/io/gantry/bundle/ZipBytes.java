package io.gantry.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** A zip's bytes, read at any place, numbers as zips write them. */
record ZipBytes(FileChannel file) {
    long size() throws IOException {
        return file.size();
    }

    /** @throws BundleRefused if the file ends before */
    ByteBuffer read(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw BundleRefused.zip(Refusal.NOT_A_ZIP, "The zip ends too early; was it cut?");
            }
        }
        return bytes.flip();
    }

    static long unsignedInt(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    static int unsignedShort(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
