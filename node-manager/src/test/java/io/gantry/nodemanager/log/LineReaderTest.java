package io.gantry.nodemanager.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final LineReader reader = new LineReader();

    @Test
    void a_piece_that_ends_its_line_is_a_line() {
        assertThat(take(AT + " hello world\n")).contains(new LineReader.Line(AT, "hello world\n"));
    }

    @Test
    void an_empty_line_is_one() {
        assertThat(take(AT + " \n")).contains(new LineReader.Line(AT, "\n"));
    }

    @Test
    void pieces_of_a_long_line_are_put_together_and_only_the_first_time_counts() {
        assertThat(take(AT + " first,")).isEmpty();
        assertThat(take(AT.plusMillis(5) + " second,")).isEmpty();
        assertThat(take(AT.plusMillis(9) + " third\n")).contains(new LineReader.Line(AT, "first,second,third\n"));
    }

    @Test
    void a_character_may_be_split_between_pieces() {
        byte[] euro = "€\n".getBytes(UTF_8);
        byte[] head = (AT + " ").getBytes(UTF_8);
        assertThat(reader.take(joined(head, new byte[] {euro[0]}))).isEmpty();
        assertThat(reader.take(joined(head, new byte[] {euro[1], euro[2], '\n'})))
                .contains(new LineReader.Line(AT, "€\n"));
    }

    @Test
    void what_is_left_without_a_line_end_is_a_line_too() {
        assertThat(take(AT + " no end")).isEmpty();
        assertThat(reader.end()).contains(new LineReader.Line(AT, "no end"));
        assertThat(reader.end()).isEmpty();
    }

    @Test
    void an_endless_line_takes_no_endless_memory() {
        String piece = AT + " " + "x".repeat(16_384);
        for (int i = 0; i < 1_000; i++) {
            assertThat(take(piece)).isEmpty();
        }
        assertThat(take(AT + " end\n"))
                .hasValueSatisfying(line -> assertThat(line.text()).hasSizeLessThan(100_000));
        assertThat(take(AT + " next\n")).contains(new LineReader.Line(AT, "next\n"));
    }

    private Optional<LineReader.Line> take(String piece) {
        return reader.take(piece.getBytes(UTF_8));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
