package io.gantry.benchmarks.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle of about so many bytes, full of what can't be compressed. Its comment makes it another one without writing it anew. */
record BigZip(Path file, long size) {
    private static final int BYTES_A_FILE = 8_000_000;
    private static final int COMMENT = 16;
    private static final String MANIFEST = """
            {"name": "app-server", "runtime": "python", "command": ["python3", "app.py"], "port": 8000}
            """;

    static BigZip write(Path file, long size) throws IOException {
        SplittableRandom random = new SplittableRandom(size);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.setComment("0".repeat(COMMENT));
            entry(zip, "config.json", MANIFEST.getBytes(UTF_8));
            entry(zip, "app.py", "print('no need to run')\n".getBytes(UTF_8));
            for (long left = size, number = 1; left > 0; left -= BYTES_A_FILE, number++) {
                byte[] content = new byte[(int) Math.min(left, BYTES_A_FILE)];
                random.nextBytes(content);
                entry(zip, "model/part-%03d.bin".formatted(number), content);
            }
        }
        return new BigZip(file, Files.size(file));
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** Other bytes, another digest: who has seen it before has not seen this one. */
    Path renewed(int number) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() - COMMENT);
            bytes.write("%016d".formatted(number).getBytes(US_ASCII));
        }
        return file;
    }
}
