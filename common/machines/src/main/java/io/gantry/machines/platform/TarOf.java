package io.gantry.machines.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/** A tar of files that are read as it is: however large they are, nothing of them is held. */
final class TarOf {
    private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;
    private static final int END = 2 * RECORD;
    private static final int OWNER_READS = 0400;

    private TarOf() {}

    /** A file of the database's user, for that user alone. */
    record File(String name, long size, InputStream content) {
        private byte[] header() {
            var entry = new TarArchiveEntry(name);
            entry.setSize(size);
            entry.setMode(OWNER_READS);
            entry.setIds(ServiceContainers.POSTGRES, ServiceContainers.POSTGRES);
            byte[] header = new byte[RECORD];
            try {
                entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding(UTF_8), true);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return header;
        }

        private int padding() {
            return (int) ((RECORD - size % RECORD) % RECORD);
        }
    }

    static InputStream files(File... files) {
        List<InputStream> pieces = new ArrayList<>();
        for (File file : files) {
            pieces.add(new ByteArrayInputStream(file.header()));
            pieces.add(file.content());
            pieces.add(new ByteArrayInputStream(new byte[file.padding()]));
        }
        pieces.add(new ByteArrayInputStream(new byte[END]));
        return new SequenceInputStream(Collections.enumeration(pieces));
    }
}
