package io.gantry.bootstrapper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderZipTest {
    @TempDir
    Path work;

    @Test
    void the_same_files_give_the_same_bytes() throws IOException {
        Path first = folder("first", "b.py", "a/c.py", "a.py");
        Path second = folder("second", "a.py", "b.py", "a/c.py");
        Files.setLastModifiedTime(second.resolve("a.py"), FileTime.fromMillis(0));

        assertThat(packed(first)).hasSameBinaryContentAs(packed(second));
    }

    @Test
    void the_platform_takes_what_is_packed() throws IOException {
        Path folder = folder("app", "start", "lib/part.py");
        assertThat(folder.resolve("start").toFile().setExecutable(true)).isTrue();

        try (BundleFile bundle = BundleFile.open(packed(folder), BundleLimits.DEFAULT)) {
            bundle.verify();
            assertThat(bundle.entries())
                    .extracting(BundleEntry::path, BundleEntry::executable)
                    .containsExactly(tuple("lib/part.py", false), tuple("start", true));
        }
    }

    @Test
    void what_never_belongs_in_a_bundle_is_left_out() throws IOException {
        Path folder = folder(
                "app", "app.js", ".git/HEAD", "node_modules/ms/index.js", "lib/__pycache__/a.pyc", ".gantryignore");

        assertThat(paths(folder)).containsExactly("app.js");
    }

    @Test
    void a_link_is_packed_as_what_it_leads_to() throws IOException {
        Path folder = folder("app", "real.txt");
        Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));

        assertThat(paths(folder)).containsExactly("link.txt", "real.txt");
    }

    private List<String> paths(Path folder) throws IOException {
        try (BundleFile bundle = BundleFile.open(packed(folder), BundleLimits.DEFAULT)) {
            return bundle.entries().stream().map(BundleEntry::path).toList();
        }
    }

    private Path packed(Path folder) throws IOException {
        Path zip = work.resolve(folder.getFileName() + ".zip");
        FolderZip.pack(folder, zip);
        return zip;
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = work.resolve(name);
        for (String file : files) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.equals(".gantryignore") ? "" : "content of " + file);
        }
        return folder;
    }
}
