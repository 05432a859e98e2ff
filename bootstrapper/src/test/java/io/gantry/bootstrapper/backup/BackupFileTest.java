package io.gantry.bootstrapper.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.session.GaveUpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupFileTest {
    private static final Passphrase PASSPHRASE = new Passphrase("correct horse battery staple");
    private static final Manifest MANIFEST = new Manifest(
            "0123",
            "shop",
            "0.1.0",
            Instant.parse("2026-03-01T12:00:00Z"),
            new Manifest.Database(4096, Map.of("scheduler", "1")));
    /** Three segments of the encryption, and a piece. */
    private static final byte[] LARGE = bytes(3_200_000);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("shop.backup");
    }

    @Test
    void what_was_put_in_comes_out_as_it_was() throws IOException {
        write();

        BackupFile backup = BackupFile.open(file, PASSPHRASE);
        Contents contents = backup.verify();
        Map<String, byte[]> read = new TreeMap<>();
        backup.read(name -> !name.endsWith(".json"), (name, content) -> read.put(name, content.readAllBytes()));

        assertThat(contents.manifest()).isEqualTo(MANIFEST);
        assertThat(contents.parts())
                .extracting(Part::name)
                .containsExactly("manifest.json", "fleet/operator-key", "database.dump");
        assertThat(contents.under("database").getFirst().size()).isEqualTo(LARGE.length);
        assertThat(read).containsOnlyKeys("fleet/operator-key", "database.dump");
        assertThat(read.get("fleet/operator-key")).isEqualTo("a key".getBytes(UTF_8));
        assertThat(read.get("database.dump")).isEqualTo(LARGE);
    }

    @Test
    void who_closes_a_part_still_gets_the_next_one() throws IOException {
        write();
        List<String> read = new ArrayList<>();

        BackupFile.open(file, PASSPHRASE).read(_ -> true, (name, content) -> {
            content.close();
            read.add(name);
        });

        assertThat(read).containsExactly("manifest.json", "fleet/operator-key", "database.dump", "parts.json");
    }

    @Test
    void its_owner_alone_may_read_it_and_nothing_of_it_can_be_read_without_the_passphrase() throws IOException {
        write();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                .startsWith("GANTRYBK")
                .doesNotContain("operator-key", "a key", "shop");
    }

    @Test
    void another_passphrase_opens_nothing() throws IOException {
        write();

        assertThatThrownBy(() -> BackupFile.open(file, new Passphrase("correct horse battery stapler")))
                .isInstanceOf(GaveUpException.class)
                .hasMessageContaining("the passphrase is another one, or the file is damaged");
    }

    /** At the end of the header, in the first segment, at the end of one, in the last one. */
    @ParameterizedTest
    @ValueSource(ints = {10, 31, 32, 40, 500_000, 1_048_576 + 32, 2_000_000, 3_200_000})
    void a_file_that_ends_too_early_is_refused(int length) throws IOException {
        write();
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole.length).isGreaterThan(length);
        Files.write(file, Arrays.copyOf(whole, length));

        assertThatThrownBy(() -> BackupFile.open(file, PASSPHRASE).verify())
                .isInstanceOf(GaveUpException.class)
                .hasMessageContaining("damaged");
    }

    /** In the rounds, the salt, the encryption's own header, and each of its segments. */
    @ParameterizedTest
    @ValueSource(ints = {15, 20, 33, 50, 80, 1_000_000, 1_100_000, 2_500_000, -1})
    void a_byte_that_was_changed_is_noticed(int at) throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(file);
        bytes[at < 0 ? bytes.length + at : at] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> BackupFile.open(file, PASSPHRASE).verify())
                .isInstanceOf(GaveUpException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void what_was_added_at_the_end_is_noticed() throws IOException {
        write();
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> BackupFile.open(file, PASSPHRASE).verify()).hasMessageContaining("damaged");
    }

    @Test
    void another_file_is_no_backup() throws IOException {
        Files.writeString(file, "name: shop\n");

        assertThatThrownBy(() -> BackupFile.open(file, PASSPHRASE)).hasMessageContaining("is no backup of a fleet");
        assertThatThrownBy(() -> BackupFile.open(folder.resolve("none"), PASSPHRASE))
                .hasMessageContaining("There is no file");
    }

    @Test
    void a_newer_format_is_left_to_a_newer_gantry() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(file);
        bytes[9] = 2;
        Files.write(file, bytes);

        assertThatThrownBy(() -> BackupFile.open(file, PASSPHRASE))
                .hasMessageContaining("was written by a newer Gantry, in format 2");
    }

    @Test
    void a_header_that_asks_for_endless_work_is_refused() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(file);
        bytes[12] = 0x7f;
        Files.write(file, bytes);

        assertThatThrownBy(() -> BackupFile.open(file, PASSPHRASE)).hasMessageContaining("its header makes no sense");
    }

    @Test
    void what_is_not_finished_leaves_nothing() throws IOException {
        try (var writer = BackupWriter.create(file, false, PASSPHRASE, MANIFEST)) {
            writer.add("database.dump", out -> out.write(LARGE));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_broke_off_is_no_obstacle_and_the_former_file_stays_until_the_new_one_is_whole() throws IOException {
        write();
        byte[] former = Files.readAllBytes(file);
        Files.writeString(folder.resolve("shop.backup.part"), "half");

        assertThatThrownBy(() -> {
                    try (var writer = BackupWriter.create(file, true, PASSPHRASE, MANIFEST)) {
                        writer.add("database.dump", _ -> {
                            throw new IOException("the machine is gone");
                        });
                    }
                })
                .hasMessage("the machine is gone");

        assertThat(Files.readAllBytes(file)).isEqualTo(former);
        assertThat(folder.resolve("shop.backup.part")).doesNotExist();
    }

    @Test
    void a_file_that_is_there_is_replaced_only_when_that_is_said() throws IOException {
        write();

        assertThatThrownBy(this::write).isInstanceOf(GaveUpException.class).hasMessageContaining("is there already");
        try (var writer = BackupWriter.create(file, true, PASSPHRASE, MANIFEST)) {
            writer.finish();
        }
        assertThat(BackupFile.open(file, PASSPHRASE).verify().parts()).hasSize(1);
    }

    private void write() throws IOException {
        try (var writer = BackupWriter.create(file, false, PASSPHRASE, MANIFEST)) {
            writer.add("fleet/operator-key", out -> out.write("a key".getBytes(UTF_8)));
            writer.add("database.dump", out -> out.write(LARGE));
            writer.finish();
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
