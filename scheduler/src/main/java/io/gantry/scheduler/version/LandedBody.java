package io.gantry.scheduler.version;

import io.gantry.web.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** A zip on its way from the storage to us. Whoever put it there may put another while we read: then it is neither. */
final class LandedBody extends FilterInputStream {
    private static final Logger log = LoggerFactory.getLogger(LandedBody.class);

    LandedBody(InputStream blob) {
        super(blob);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException | RuntimeException cut) {
            log.warn("What was put into the storage can't be read to its end: {}", cut.getMessage());
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "UPLOAD_NOT_READ",
                    "What is in the storage was changed while it was checked, or could not be read to its end; nothing was kept. Say again that it is done, or upload it anew.");
        }
    }
}
