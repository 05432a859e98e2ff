package io.gantry.benchmarks.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigZipTest {
    @TempDir
    Path folder;

    @Test
    void it_is_as_big_as_asked_and_can_be_opened() throws IOException {
        BigZip zip = BigZip.write(folder.resolve("big.zip"), 20_000_000);
        assertThat(zip.size()).isBetween(20_000_000L, 20_010_000L);
        try (ZipFile opened = new ZipFile(zip.file().toFile());
                InputStream manifest = opened.getInputStream(opened.getEntry("config.json"))) {
            assertThat(opened.size()).isEqualTo(5);
            assertThat(new String(manifest.readAllBytes(), UTF_8)).contains("\"name\": \"app-server\"");
        }
    }

    @Test
    void renewed_it_has_other_bytes_of_the_same_length_and_can_still_be_opened() throws IOException {
        BigZip zip = BigZip.write(folder.resolve("big.zip"), 1000);
        byte[] before = Files.readAllBytes(zip.file());
        byte[] after = Files.readAllBytes(zip.renewed(7));
        assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
        try (ZipFile opened = new ZipFile(zip.file().toFile())) {
            assertThat(opened.getComment()).isEqualTo("0000000000000007");
        }
    }
}
