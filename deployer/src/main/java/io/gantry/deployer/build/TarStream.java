package io.gantry.deployer.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * A tar that is made while it is read. The same files give the same bytes: times are fixed, everything belongs to root.
 * Nothing but the piece at hand is in memory.
 */
final class TarStream extends InputStream {
    private static final int CHUNK = 1 << 16;

    private final Iterator<Part> parts;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream(2 * CHUNK);
    private final TarArchiveOutputStream tar;
    private final byte[] chunk = new byte[CHUNK];
    private byte[] ready = new byte[0];
    private int taken;
    private @Nullable InputStream content;
    private boolean finished;
    private volatile boolean closed;

    TarStream(List<Part> parts) {
        this.parts = parts.iterator();
        this.tar = new TarArchiveOutputStream(made, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * One file or folder.
     *
     * @param size in bytes; 0 for a folder
     */
    record Part(String path, int mode, boolean folder, long size, Content content) {
        static Part folder(String path) {
            return new Part(path, 0755, true, 0, InputStream::nullInputStream);
        }
    }

    /** Opens a file's bytes when their turn comes. */
    interface Content {
        InputStream open() throws IOException;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (taken == ready.length) {
            if (closed) {
                throw new IOException("The tar is wanted no longer");
            }
            if (finished) {
                return -1;
            }
            makeMore();
            ready = made.toByteArray();
            made.reset();
            taken = 0;
        }
        int count = Math.min(length, ready.length - taken);
        System.arraycopy(ready, taken, target, offset, count);
        taken += count;
        return count;
    }

    private void makeMore() throws IOException {
        if (content != null) {
            copy(content);
        } else if (parts.hasNext()) {
            begin(parts.next());
        } else {
            tar.close();
            finished = true;
        }
    }

    private void copy(InputStream from) throws IOException {
        int count = from.read(chunk);
        if (count < 0) {
            from.close();
            content = null;
            tar.closeArchiveEntry();
        } else {
            tar.write(chunk, 0, count);
        }
    }

    private void begin(Part part) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(
                part.folder() ? part.path() + "/" : part.path(),
                part.folder() ? TarConstants.LF_DIR : TarConstants.LF_NORMAL);
        entry.setMode(part.mode());
        entry.setSize(part.size());
        entry.setModTime(0);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
        content = part.content().open();
    }

    /** Whoever still reads, on another thread, gets an exception. */
    @Override
    public void close() {
        closed = true;
    }
}
