package io.gantry.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFileTest {
    @TempDir
    Path folder;

    @Test
    void entries_come_sorted_with_their_bytes() throws IOException {
        Path zip = Zips.at(folder)
                .file("web/z.txt", "zed")
                .file("app.py", "print()")
                .file("web/a.txt", "")
                .done();
        try (BundleFile bundle = open(zip)) {
            assertThat(bundle.entries())
                    .extracting(BundleEntry::path)
                    .containsExactly("app.py", "web/a.txt", "web/z.txt");
            assertThat(text(bundle, "web/z.txt")).isEqualTo("zed");
            assertThat(text(bundle, "web/a.txt")).isEmpty();
        }
    }

    @Test
    void modes_are_two_whatever_the_zip_says() throws IOException {
        Path zip = Zips.at(folder)
                .entry("run.sh", UnixStat.FILE_FLAG | 06711, new byte[1])
                .entry("secret", UnixStat.FILE_FLAG | 0400, new byte[1])
                .entry("logs/", UnixStat.DIR_FLAG | 01777, new byte[0])
                .done();
        try (BundleFile bundle = open(zip)) {
            assertThat(bundle.entries())
                    .extracting(BundleEntry::path, BundleEntry::mode, BundleEntry::folder)
                    .containsExactly(
                            tuple("logs", 0755, true), tuple("run.sh", 0755, false), tuple("secret", 0644, false));
        }
    }

    @Test
    void a_single_top_folder_is_looked_through() throws IOException {
        Path zip = Zips.at(folder)
                .entry("shop/", UnixStat.DIR_FLAG | 0755, new byte[0])
                .file("shop/app.py", "1")
                .file("shop/lib/x.py", "2")
                .done();
        try (BundleFile bundle = open(zip)) {
            assertThat(bundle.entries()).extracting(BundleEntry::path).containsExactly("app.py", "lib/x.py");
            assertThat(text(bundle, "lib/x.py")).isEqualTo("2");
        }
    }

    @Test
    void only_the_first_of_nested_folders_is_looked_through() throws IOException {
        try (BundleFile bundle = open(Zips.at(folder).file("a/b/app.py", "1").done())) {
            assertThat(bundle.entries()).extracting(BundleEntry::path).containsExactly("b/app.py");
        }
    }

    @Test
    void a_single_file_is_no_folder() throws IOException {
        try (BundleFile bundle = open(Zips.at(folder).file("app.py", "1").done())) {
            assertThat(bundle.entries()).extracting(BundleEntry::path).containsExactly("app.py");
        }
    }

    @Test
    void what_macos_adds_is_left_out() throws IOException {
        Path zip = Zips.at(folder)
                .file("shop/app.py", "1")
                .file("shop/.DS_Store", "x")
                .file("__MACOSX/shop/._app.py", "x")
                .done();
        try (BundleFile bundle = open(zip)) {
            assertThat(bundle.entries()).extracting(BundleEntry::path).containsExactly("app.py");
        }
    }

    @Test
    void dots_and_doubled_slashes_mean_nothing() throws IOException {
        try (BundleFile bundle = open(
                Zips.at(folder).file("./app.py", "1").file("lib//x.py", "2").done())) {
            assertThat(bundle.entries()).extracting(BundleEntry::path).containsExactly("app.py", "lib/x.py");
        }
    }

    @Test
    void names_may_have_accents_and_spaces() throws IOException {
        Path zip =
                Zips.at(folder).file("Über uns.html", "1").file("日本.txt", "2").done();
        try (BundleFile bundle = open(zip)) {
            assertThat(bundle.entries()).extracting(BundleEntry::path).containsExactly("Über uns.html", "日本.txt");
        }
    }

    @Test
    void stored_entries_are_read_as_well() throws IOException {
        Path zip = Zips.at(folder)
                .stored("app.jar", new byte[70_000])
                .file("x", "y")
                .done();
        try (BundleFile bundle = open(zip)) {
            bundle.verify();
            assertThat(bundle.file("app.jar")).map(BundleEntry::size).contains(70_000L);
        }
    }

    @Test
    void a_zip_written_by_the_jdk_is_taken() throws IOException {
        Path path = folder.resolve("jdk.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("app/"));
            zip.putNextEntry(new ZipEntry("app/app.py"));
            zip.write("print()".getBytes(UTF_8));
        }
        try (BundleFile bundle = open(path)) {
            bundle.verify();
            assertThat(text(bundle, "app.py")).isEqualTo("print()");
        }
    }

    private static BundleFile open(Path zip) throws IOException {
        return BundleFile.open(zip, BundleLimits.DEFAULT);
    }

    private static String text(BundleFile bundle, String path) throws IOException {
        try (InputStream in = bundle.read(bundle.file(path).orElseThrow())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
