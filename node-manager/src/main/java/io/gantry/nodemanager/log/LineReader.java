package io.gantry.nodemanager.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts one stream of one container together again. The engine tells pieces: a time, a blank, some text. A piece that
 * does not end its line is followed by the next one, with a time of its own.
 */
final class LineReader {
    /** More than is shown, so that a cut line is known to be one; the rest is not kept. */
    private static final int KEPT_BYTES = 4 * SafeText.LONGEST + 4;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable Instant begun;

    /** @param text as it was written, without its end */
    record Line(Instant at, String text) {}

    /** @return the line, if this piece ends it */
    Optional<Line> take(byte[] piece) {
        int blank = indexOf(piece, (byte) ' ');
        Instant at = timeOf(piece, blank);
        if (at == null) {
            append(piece, 0);
        } else {
            begun = begun == null ? at : begun;
            append(piece, blank + 1);
        }
        return piece.length > 0 && piece[piece.length - 1] == '\n' ? end() : Optional.empty();
    }

    /** What is left when the stream ends without a line end. */
    Optional<Line> end() {
        Optional<Line> line = Optional.ofNullable(begun).map(at -> new Line(at, text.toString(StandardCharsets.UTF_8)));
        begun = null;
        text.reset();
        return line;
    }

    private void append(byte[] piece, int from) {
        text.write(piece, from, Math.min(piece.length - from, KEPT_BYTES - text.size()));
    }

    private static @Nullable Instant timeOf(byte[] piece, int length) {
        try {
            return length < 0 ? null : Instant.parse(new String(piece, 0, length, StandardCharsets.US_ASCII));
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private static int indexOf(byte[] piece, byte wanted) {
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
