package io.gantry.machines.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.Sha256;
import io.gantry.registry.RegistryLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeArchiveTest {
    @TempDir
    Path folder;

    private Path code(String name, String jar, long written) throws IOException {
        Path code = Files.createDirectories(folder.resolve(name).resolve("lib")).getParent();
        Path file = Files.writeString(code.resolve("lib/a.jar"), jar);
        Files.writeString(code.resolve("Dockerfile"), "FROM gantry/java:1");
        Files.setLastModifiedTime(file, FileTime.fromMillis(written));
        return code;
    }

    @Test
    void the_same_code_is_the_same_archive_whenever_it_was_built() throws IOException {
        CodeArchive one = CodeArchive.pack(code("one", "code", 1_000_000), folder.resolve("one.tar"));
        CodeArchive same = CodeArchive.pack(code("same", "code", 2_000_000), folder.resolve("same.tar"));
        CodeArchive other = CodeArchive.pack(code("other", "edoc", 1_000_000), folder.resolve("other.tar"));

        assertThat(same.sha256()).isEqualTo(one.sha256()).isNotEqualTo(other.sha256());
        assertThat(Sha256.of(one.file())).isEqualTo(one.sha256());
    }

    @Test
    void an_image_is_named_by_its_code() {
        var registry = new RegistryAccess("10.0.0.1:7080", RegistryLogin.none(), true);
        String image = PlatformImages.reference(registry, "c".repeat(64));

        assertThat(image).isEqualTo("10.0.0.1:7080/gantry/platform:" + "c".repeat(64));
        assertThat(PlatformImages.codeOf(image)).isEqualTo("c".repeat(64));
    }
}
