package io.gantry.deployer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.deployer.app.Zip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
    private static final Dockerfile DOCKERFILE = new Dockerfile("FROM x\n", ".gantry.Dockerfile", 1);

    @TempDir
    Path folder;

    private byte[] tar(Zip zip, AppRuntime runtime, Dockerfile dockerfile) throws IOException {
        Path file = Files.write(folder.resolve("bundle.zip"), zip.bytes());
        try (BundleFile bundle = BundleFile.open(file, BundleLimits.DEFAULT);
                InputStream tar = BuildContext.tar(bundle, runtime, dockerfile)) {
            return tar.readAllBytes();
        }
    }

    private static Map<String, String> files(byte[] tar) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (TarArchiveInputStream entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), new String(entries.readAllBytes(), UTF_8));
            }
        }
        return files;
    }

    @Test
    void holds_the_bundle_its_folders_and_the_dockerfile_sorted() throws IOException {
        Zip zip = new Zip().with("src/b/app.py", "code").with("a.txt", "text");
        assertThat(files(tar(zip, AppRuntime.PYTHON, DOCKERFILE)))
                .containsExactly(
                        Map.entry(".dockerignore", ".gantry.Dockerfile\n.dockerignore\n"),
                        Map.entry(".gantry.Dockerfile", "FROM x\n"),
                        Map.entry("a.txt", "text"),
                        Map.entry("src/", ""),
                        Map.entry("src/b/", ""),
                        Map.entry("src/b/app.py", "code"));
    }

    @Test
    void the_same_files_give_the_same_bytes_whatever_their_order_in_the_zip() throws IOException {
        byte[] one = tar(new Zip().with("a", "1").with("b", "2"), AppRuntime.PYTHON, DOCKERFILE);
        byte[] other = tar(new Zip().with("b", "2").with("a", "1"), AppRuntime.PYTHON, DOCKERFILE);
        assertThat(one).isEqualTo(other);
    }

    @Test
    void what_the_bundle_ignores_is_left_out() throws IOException {
        Zip zip = new Zip().with(".dockerignore", "*.log\n").with("a.log", "").with("a.py", "");
        assertThat(files(tar(zip, AppRuntime.PYTHON, DOCKERFILE)))
                .doesNotContainKey("a.log")
                .containsKey("a.py");
    }

    @Test
    void rules_that_are_too_many_are_refused_and_not_passed_over() {
        Zip zip = new Zip()
                .with(".dockerignore", "a-file-that-is-private\n".repeat(5_000))
                .with("a.py", "");
        assertThatThrownBy(() -> tar(zip, AppRuntime.PYTHON, DOCKERFILE))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("64 KiB");
    }

    @Test
    void a_developers_own_dockerfile_and_rules_are_always_sent() throws IOException {
        Zip zip = new Zip().with(".dockerignore", "*\n!a.py\n").with("a.py", "").with("Dockerfile", "FROM y");
        Dockerfile own = new Dockerfile("FROM y", "Dockerfile", 0);
        assertThat(files(tar(zip, AppRuntime.DOCKERFILE, own))).containsOnlyKeys(".dockerignore", "Dockerfile", "a.py");
    }

    @Test
    void a_static_site_does_not_publish_its_manifest() throws IOException {
        Zip zip = new Zip().with("config.json", "{}").with("index.html", "");
        assertThat(files(tar(zip, AppRuntime.STATIC, DOCKERFILE))).doesNotContainKey("config.json");
    }

    @Test
    void large_files_and_long_names_arrive_whole() throws IOException {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        String name = "f".repeat(120) + "/" + "ü".repeat(90);
        byte[] tar = tar(new Zip().with(name, large).with("a", ""), AppRuntime.PYTHON, DOCKERFILE);
        try (TarArchiveInputStream entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            TarArchiveEntry entry = entries.getNextEntry();
            while (!entry.getName().equals(name)) {
                entry = entries.getNextEntry();
            }
            assertThat(entries.readAllBytes()).isEqualTo(large);
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getMode() & 0777).isEqualTo(0644);
        }
    }

    @Test
    void a_tar_that_is_wanted_no_longer_ends_the_reading() throws IOException {
        Path file = Files.write(
                folder.resolve("bundle.zip"), new Zip().with("a", "1").bytes());
        try (BundleFile bundle = BundleFile.open(file, BundleLimits.DEFAULT)) {
            InputStream tar = BuildContext.tar(bundle, AppRuntime.PYTHON, DOCKERFILE);
            tar.close();
            assertThatThrownBy(tar::readAllBytes).isInstanceOf(IOException.class);
        }
    }
}
