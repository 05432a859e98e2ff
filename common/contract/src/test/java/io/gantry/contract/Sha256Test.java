package io.gantry.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the examples of FIPS 180-4. */
class Sha256Test {
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final byte[] ABC = "abc".getBytes(UTF_8);

    @Test
    void bytes_have_the_digest_that_everybody_gives_them() {
        assertThat(Sha256.of(ABC)).isEqualTo(OF_ABC).matches(Sha256.FORM);
        assertThat(Sha256.of(new byte[0])).isEqualTo(OF_NOTHING);
    }

    @Test
    void a_file_has_the_digest_of_its_bytes(@TempDir Path folder) throws IOException {
        assertThat(Sha256.of(Files.write(folder.resolve("abc"), ABC))).isEqualTo(OF_ABC);
    }

    @Test
    void of_a_stream_only_what_is_left_counts() throws IOException {
        var bytes = new ByteArrayInputStream("xabc".getBytes(UTF_8));
        assertThat(bytes.read()).isEqualTo('x');
        assertThat(Sha256.of(bytes)).isEqualTo(OF_ABC);
    }

    @Test
    void bytes_may_come_piece_by_piece() {
        var sha256 = new Sha256();
        sha256.add("ab".getBytes(UTF_8));
        sha256.add("c".getBytes(UTF_8));
        assertThat(sha256.hex()).isEqualTo(OF_ABC);
    }

    @Test
    void what_passes_is_added_and_stays_as_it_is() throws IOException {
        var read = new Sha256();
        assertThat(read.reading(new ByteArrayInputStream(ABC)).readAllBytes()).isEqualTo(ABC);
        assertThat(read.hex()).isEqualTo(OF_ABC);

        var written = new Sha256();
        var arrived = new ByteArrayOutputStream();
        written.writing(arrived).write(ABC);
        assertThat(arrived.toByteArray()).isEqualTo(ABC);
        assertThat(written.hex()).isEqualTo(OF_ABC);
    }

    @Test
    void once_told_it_begins_anew() {
        var sha256 = new Sha256();
        sha256.add(ABC);
        sha256.hex();
        assertThat(sha256.hex()).isEqualTo(OF_NOTHING);
    }
}
