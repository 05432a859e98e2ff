package io.gantry.scheduler.version;

import io.gantry.bundle.Refusal;
import io.gantry.contract.Sha256;
import io.gantry.web.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Receives bundles as files, digested on their way; never a whole one in memory. */
@Component
class Reception {
    private static final int BUFFER = 64 << 10;

    private final ReceptionFolder folder;
    private final long limit;

    Reception(ReceptionFolder folder, UploadSettings settings) {
        this.folder = folder;
        this.limit = settings.zip().toBytes();
    }

    /**
     * @param announced length in bytes, negative if none was
     * @throws ProblemException if there is more than may be, or the body ends before its end; no file is left then
     */
    ReceivedFile receive(InputStream body, long announced) {
        refuseWhatIsTooLong(announced);
        Path file = folder.newFile();
        try {
            return received(body, file);
        } catch (IOException | RuntimeException failed) {
            new ReceivedFile(file, "", 0).close();
            throw failed instanceof RuntimeException problem ? problem : unwritable((IOException) failed);
        }
    }

    private ReceivedFile received(InputStream body, Path file) throws IOException {
        var sha256 = new Sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = sha256.writing(Files.newOutputStream(file))) {
            for (int read = next(body, buffer); read > 0; read = next(body, buffer)) {
                size += read;
                refuseWhatIsTooLong(size);
                out.write(buffer, 0, read);
            }
        }
        return new ReceivedFile(file, sha256.hex(), size);
    }

    private static int next(InputStream body, byte[] buffer) {
        try {
            return body.readNBytes(buffer, 0, buffer.length);
        } catch (IOException cut) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "BODY_ENDED_EARLY",
                    "The upload ended before its last byte; nothing was kept. Send it again.");
        }
    }

    /** @throws ProblemException 413 */
    void refuseWhatIsTooLong(long bytes) {
        if (bytes > limit) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    Refusal.ZIP_TOO_LARGE.name(),
                    "The zip is larger than %d bytes.".formatted(limit));
        }
    }

    private static UncheckedIOException unwritable(IOException failed) {
        return new UncheckedIOException("Can't write a received bundle to its file", failed);
    }
}
