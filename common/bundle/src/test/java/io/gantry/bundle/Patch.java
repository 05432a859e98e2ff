package io.gantry.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Changes bytes of a zip. */
final class Patch {
    static final int LIST_ENTRY = 0x02014b50;
    static final int LOCAL_HEADER = 0x04034b50;
    static final int END = 0x06054b50;

    private Patch() {}

    static byte[] replaceAll(byte[] bytes, byte[] from, byte[] to) {
        byte[] patched = bytes.clone();
        for (int at = 0; at + from.length <= patched.length; at++) {
            if (Arrays.equals(patched, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, patched, at, to.length);
            }
        }
        return patched;
    }

    /** Where the last header with this signature begins. */
    static int last(byte[] bytes, int signature) {
        ByteBuffer zip = littleEndian(bytes);
        for (int at = bytes.length - Integer.BYTES; at >= 0; at--) {
            if (zip.getInt(at) == signature) {
                return at;
            }
        }
        throw new IllegalArgumentException("No such header");
    }

    static byte[] putInt(byte[] bytes, int at, long value) {
        byte[] patched = bytes.clone();
        littleEndian(patched).putInt(at, (int) value);
        return patched;
    }

    static byte[] putShort(byte[] bytes, int at, int value) {
        byte[] patched = bytes.clone();
        littleEndian(patched).putShort(at, (short) value);
        return patched;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
