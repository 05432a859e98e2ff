package io.gantry.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that a bundle may not be, with its code and the name of the entry. */
class BundleRefusalTest {
    private static final BundleLimits SMALL = new BundleLimits(4 << 20, 3 << 20, 10, 100);

    private static final int LOCAL_HEADER_SIZE = 30;

    @TempDir
    Path folder;

    @Test
    void a_text_is_no_zip() throws IOException {
        Path text = Files.writeString(folder.resolve("x"), "hello, I am a text and no zip at all");
        assertThat(refused(text).refusal()).isEqualTo(Refusal.NOT_A_ZIP);
    }

    @Test
    void no_byte_at_all_is_an_empty_zip() throws IOException {
        assertThat(refused(Files.createFile(folder.resolve("x"))).refusal()).isEqualTo(Refusal.EMPTY_ZIP);
    }

    @Test
    void a_zip_without_entries_is_empty() {
        assertThat(refused(Zips.at(folder).done()).refusal()).isEqualTo(Refusal.EMPTY_ZIP);
    }

    @Test
    void a_zip_of_folders_only_is_empty() {
        Path zip = Zips.at(folder)
                .entry("a/", UnixStat.DIR_FLAG | 0755, new byte[0])
                .entry("b/", UnixStat.DIR_FLAG | 0755, new byte[0])
                .done();
        assertThat(refused(zip).refusal()).isEqualTo(Refusal.EMPTY_ZIP);
    }

    @Test
    void a_zip_that_was_cut_is_no_zip() {
        Path zip = Zips.at(folder).file("app.py", "1").patched(bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(refused(zip).refusal()).isEqualTo(Refusal.NOT_A_ZIP);
    }

    @Test
    void bytes_after_the_end_are_refused() {
        Path zip = Zips.at(folder).file("app.py", "1").patched(bytes -> Arrays.copyOf(bytes, bytes.length + 7));
        assertThat(refused(zip).refusal()).isEqualTo(Refusal.NOT_A_ZIP);
    }

    @Test
    void a_second_zip_behind_the_first_is_refused() {
        Path zip = Zips.at(folder).file("app.py", "1").patched(bytes -> {
            byte[] twice = Arrays.copyOf(bytes, bytes.length * 2);
            System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
            return twice;
        });
        assertThat(refused(zip).refusal()).isEqualTo(Refusal.NOT_A_ZIP);
    }

    @Test
    void a_list_of_entries_that_is_longer_than_it_says_is_refused() {
        Path zip = Zips.at(folder)
                .file("a", "1")
                .file("b", "2")
                .patched(bytes -> Patch.putInt(bytes, Patch.last(bytes, Patch.END) + 8, 0x00010001));
        assertThat(refused(zip).refusal()).isEqualTo(Refusal.NOT_A_ZIP);
    }

    @ParameterizedTest
    @CsvSource({
        "../x, PATH_LEAVES_BUNDLE",
        "a/../../x, PATH_LEAVES_BUNDLE",
        "a/.., PATH_LEAVES_BUNDLE",
        "/etc/x, ABSOLUTE_PATH",
        "//x/y, ABSOLUTE_PATH",
        "C:/x, DRIVE_IN_PATH",
        "c:x, DRIVE_IN_PATH",
        "'a\nb', CONTROL_CHARACTER_IN_PATH"
    })
    void a_path_that_leads_elsewhere_is_refused_by_its_name(String name, Refusal refusal) {
        BundleRefused refused =
                refused(Zips.at(folder).file("app.py", "1").file(name, "2").done());
        assertThat(refused.refusal()).isEqualTo(refusal);
        assertThat(refused).hasMessageContaining(name.replace('\n', '?'));
    }

    @Test
    void a_backslash_is_refused_although_readers_take_it_for_a_slash() {
        BundleRefused refused = refused(Zips.at(folder).file("a|..|x", "1").renamed("a|..|x", "a\\..\\x"));
        assertThat(refused.refusal()).isEqualTo(Refusal.BACKSLASH_IN_PATH);
        assertThat(refused).hasMessageContaining("a\\..\\x");
    }

    @Test
    void a_nul_in_a_name_is_refused() {
        BundleRefused refused = refused(Zips.at(folder).file("app.py_x", "1").renamed("app.py_x", "app.py\0x"));
        assertThat(refused.refusal()).isEqualTo(Refusal.CONTROL_CHARACTER_IN_PATH);
    }

    @Test
    void a_name_in_another_encoding_is_refused() {
        Path zip = Zips.at(folder)
                .file("caf_e", "1")
                .patched(bytes ->
                        Patch.replaceAll(bytes, "caf_e".getBytes(UTF_8), new byte[] {'c', 'a', 'f', (byte) 0xE9, 'e'}));
        assertThat(refused(zip).refusal()).isEqualTo(Refusal.PATH_NOT_UTF8);
    }

    @Test
    void a_name_that_no_file_system_takes_is_refused() {
        assertThat(refused(Zips.at(folder).file("x".repeat(300), "1").done()).refusal())
                .isEqualTo(Refusal.PATH_TOO_LONG);
    }

    @Test
    void a_symbolic_link_is_refused_also_when_it_stays_inside() {
        for (String target : new String[] {"/etc/shadow", "../../x", "app.py"}) {
            BundleRefused refused = refused(Zips.at(folder)
                    .file("app.py", "1")
                    .entry("link", UnixStat.LINK_FLAG | 0777, target.getBytes(UTF_8))
                    .done());
            assertThat(refused.refusal()).isEqualTo(Refusal.SYMLINK);
            assertThat(refused).hasMessageContaining("\"link\"");
        }
    }

    @Test
    void devices_pipes_and_sockets_are_refused() {
        for (int type : new int[] {0020000, 0060000, 0010000, 0140000}) {
            assertThat(refused(Zips.at(folder)
                                    .entry("dev", type | 0666, new byte[0])
                                    .done())
                            .refusal())
                    .isEqualTo(Refusal.SPECIAL_FILE);
        }
    }

    @Test
    void a_name_that_is_there_twice_is_refused() {
        BundleRefused refused =
                refused(Zips.at(folder).file("a.py", "1").file("a.py", "2").done());
        assertThat(refused.refusal()).isEqualTo(Refusal.DUPLICATE_PATH);
        assertThat(refused).hasMessageContaining("a.py");
    }

    @Test
    void two_ways_to_write_one_path_are_a_duplicate() {
        assertThat(refused(Zips.at(folder).file("a.py", "1").file("./a.py", "2").done())
                        .refusal())
                .isEqualTo(Refusal.DUPLICATE_PATH);
    }

    @Test
    void a_file_is_no_folder_for_another() {
        assertThat(refused(Zips.at(folder)
                                .file("a", "1")
                                .file("a/b", "2")
                                .file("c", "3")
                                .done())
                        .refusal())
                .isEqualTo(Refusal.DUPLICATE_PATH);
    }

    @ParameterizedTest
    @CsvSource({"App.py, app.py", "straße, STRASSE", "caf\u00e9, cafe\u0301"})
    void paths_that_some_file_systems_take_for_the_same_are_refused(String one, String other) {
        assertThat(refused(Zips.at(folder).file(one, "1").file(other, "2").done())
                        .refusal())
                .isEqualTo(Refusal.AMBIGUOUS_PATH);
    }

    @Test
    void an_encrypted_entry_is_refused() {
        BundleRefused refused = refused(Zips.at(folder).file("app.py", "1").patched(bytes -> {
            byte[] listed = Patch.putShort(bytes, Patch.last(bytes, Patch.LIST_ENTRY) + 8, 1);
            return Patch.putShort(listed, Patch.last(bytes, Patch.LOCAL_HEADER) + 6, 1);
        }));
        assertThat(refused.refusal()).isEqualTo(Refusal.ENCRYPTED);
        assertThat(refused).hasMessageContaining("app.py");
    }

    @Test
    void an_unusual_compression_is_refused() {
        BundleRefused refused = refused(Zips.at(folder)
                .file("app.py", "1")
                .patched(bytes -> Patch.putShort(bytes, Patch.last(bytes, Patch.LIST_ENTRY) + 10, 14)));
        assertThat(refused.refusal()).isEqualTo(Refusal.UNSUPPORTED_COMPRESSION);
    }

    @Test
    void two_names_for_one_entry_are_refused() {
        BundleRefused refused = refused(Zips.at(folder)
                .file("app.py", "1")
                .patched(bytes -> Patch.putInt(bytes, Patch.last(bytes, Patch.LOCAL_HEADER) + 30, 0x2e2e2e2e)));
        assertThat(refused.refusal()).isEqualTo(Refusal.HEADER_MISMATCH);
    }

    @Test
    void entries_that_share_bytes_are_refused() throws IOException {
        byte[] inner = Files.readAllBytes(
                Zips.at(folder).stored("inner", new byte[] {7}).done());
        byte[] header = Arrays.copyOf(inner, Patch.last(inner, Patch.LIST_ENTRY));
        BundleRefused refused = refused(Zips.at(folder)
                .stored("outer", header)
                .stored("inner", new byte[] {7})
                .patched(bytes -> Patch.putInt(
                        bytes, Patch.last(bytes, Patch.LIST_ENTRY) + 42, LOCAL_HEADER_SIZE + "outer".length())));
        assertThat(refused.refusal()).isEqualTo(Refusal.HEADER_MISMATCH);
        assertThat(refused).hasMessageContaining("inner").hasMessageContaining("shares its bytes");
    }

    @Test
    void an_entry_behind_the_end_of_the_file_is_refused() {
        Path zip = Zips.at(folder)
                .file("a", "1")
                .patched(bytes -> Patch.putInt(bytes, Patch.last(bytes, Patch.LIST_ENTRY) + 42, 0x00FFFFFF));
        assertThat(refused(zip).refusal()).isEqualTo(Refusal.NOT_A_ZIP);
    }

    @Test
    void more_entries_than_allowed_are_refused() {
        Zips zip = Zips.at(folder);
        IntStream.rangeClosed(0, 10).forEach(i -> zip.file("f" + i, ""));
        assertThat(refused(zip.done(), SMALL).refusal()).isEqualTo(Refusal.TOO_MANY_ENTRIES);
    }

    @Test
    void a_bomb_is_refused_by_its_ratio() {
        BundleRefused refused =
                refused(Zips.at(folder).file("zeros", new byte[2 << 20]).done());
        assertThat(refused.refusal()).isEqualTo(Refusal.RATIO_TOO_HIGH);
        assertThat(refused).hasMessageContaining("zeros");
    }

    @Test
    void a_small_file_may_be_packed_as_well_as_it_likes() throws IOException {
        try (BundleFile bundle =
                BundleFile.open(Zips.at(folder).file("zeros", new byte[1 << 20]).done(), BundleLimits.DEFAULT)) {
            bundle.verify();
        }
    }

    @Test
    void a_bomb_is_refused_by_its_size_unpacked() {
        byte[] noise = new byte[1_600_000];
        new Random(1).nextBytes(noise);
        Path zip = Zips.at(folder).file("a", noise).file("b", noise).done();
        assertThat(refused(zip, SMALL).refusal()).isEqualTo(Refusal.UNPACKED_TOO_LARGE);
    }

    @Test
    void a_zip_larger_than_allowed_is_refused() {
        byte[] noise = new byte[5 << 20];
        new Random(1).nextBytes(noise);
        assertThat(refused(Zips.at(folder).file("a", noise).done(), SMALL).refusal())
                .isEqualTo(Refusal.ZIP_TOO_LARGE);
    }

    @Test
    void a_bomb_that_says_it_is_small_ends_where_it_says() {
        BundleRefused refused =
                refused(Zips.at(folder).file("zeros", new byte[8 << 20]).patched(bytes -> {
                    byte[] listed = Patch.putInt(bytes, Patch.last(bytes, Patch.LIST_ENTRY) + 24, 10);
                    return Patch.putInt(listed, Patch.last(bytes, Patch.LOCAL_HEADER) + 22, 10);
                }));
        assertThat(refused.refusal()).isEqualTo(Refusal.HEADER_MISMATCH);
        assertThat(refused).hasMessageContaining("zeros").hasMessageContaining("larger");
    }

    @Test
    void an_entry_smaller_than_it_says_is_refused() {
        BundleRefused refused =
                refused(Zips.at(folder).file("app.py", "print()").patched(bytes -> {
                    byte[] listed = Patch.putInt(bytes, Patch.last(bytes, Patch.LIST_ENTRY) + 24, 70);
                    return Patch.putInt(listed, Patch.last(bytes, Patch.LOCAL_HEADER) + 22, 70);
                }));
        assertThat(refused.refusal()).isEqualTo(Refusal.HEADER_MISMATCH);
    }

    @Test
    void an_entry_whose_checksum_is_wrong_is_refused() {
        BundleRefused refused =
                refused(Zips.at(folder).file("app.py", "print()").patched(bytes -> {
                    byte[] listed = Patch.putInt(bytes, Patch.last(bytes, Patch.LIST_ENTRY) + 16, 7);
                    return Patch.putInt(listed, Patch.last(bytes, Patch.LOCAL_HEADER) + 14, 7);
                }));
        assertThat(refused.refusal()).isEqualTo(Refusal.CORRUPT_ENTRY);
    }

    @Test
    void an_entry_that_cannot_be_inflated_is_refused() {
        BundleRefused refused = refused(Zips.at(folder)
                .file("app.py", "print()")
                .patched(bytes -> Patch.putInt(bytes, LOCAL_HEADER_SIZE + "app.py".length(), -1)));
        assertThat(refused.refusal()).isEqualTo(Refusal.CORRUPT_ENTRY);
        assertThat(refused).hasMessageContaining("app.py");
    }

    private static BundleRefused refused(Path zip) {
        return refused(zip, BundleLimits.DEFAULT);
    }

    private static BundleRefused refused(Path zip, BundleLimits limits) {
        return catchThrowableOfType(BundleRefused.class, () -> {
            try (BundleFile bundle = BundleFile.open(zip, limits)) {
                bundle.verify();
            }
        });
    }
}
