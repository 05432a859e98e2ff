package io.gantry.bootstrapper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bundle.BundleRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path work;

    @Test
    void a_folder_with_a_manifest_is_the_service_it_names() throws IOException {
        write("config.json", "{\"name\": \"api\"}");

        assertThat(Sources.in(work, null)).containsExactly(new Source("api", work));
    }

    @Test
    void a_folder_without_a_manifest_is_the_service_end_users_reach() throws IOException {
        write("index.html", "<h1>Hello</h1>");

        assertThat(Sources.in(work, null)).containsExactly(new Source("app-server", work));
    }

    @Test
    void the_one_service_may_be_named_otherwise() throws IOException {
        write("config.json", "{\"name\": \"api\"}");

        assertThat(Sources.in(work, "other")).containsExactly(new Source("other", work));
    }

    @Test
    void a_folder_of_services_is_an_app() throws IOException {
        write("back/config.json", "{\"name\": \"worker-api\"}");
        write("app-server/requirements.txt", "");
        write("docs/guide.md", "");

        assertThat(Sources.in(work, null))
                .containsExactly(
                        new Source("app-server", work.resolve("app-server")),
                        new Source("worker-api", work.resolve("back")));
    }

    @Test
    void one_service_of_an_app_can_be_meant() throws IOException {
        write("a/config.json", "{}");
        write("b/config.json", "{}");

        assertThat(Sources.in(work, "b")).containsExactly(new Source("b", work.resolve("b")));
    }

    @Test
    void two_services_of_one_name_are_refused() throws IOException {
        write("a/config.json", "{\"name\": \"app-server\"}");
        write("b/config.json", "{\"name\": \"app-server\"}");

        assertThatThrownBy(() -> Sources.in(work, null))
                .isInstanceOf(GaveUpException.class)
                .hasMessageEndingWith("are both named app-server");
    }

    @Test
    void a_folder_without_any_service_is_refused() {
        assertThatThrownBy(() -> Sources.in(work, null))
                .isInstanceOf(GaveUpException.class)
                .hasMessageEndingWith("holds a service");
    }

    @Test
    void a_manifest_that_cannot_be_read_is_left_to_the_platform() throws IOException {
        write("config.json", "{");

        assertThat(Sources.in(work, null)).containsExactly(new Source("app-server", work));
    }

    @Test
    void a_zip_is_the_service_its_manifest_names() throws IOException {
        write("app/config.json", "{\"name\": \"api\"}");
        Path zip = work.resolve("api.zip");
        FolderZip.pack(work.resolve("app"), zip);

        assertThat(Sources.in(zip, null)).containsExactly(new Source("api", zip));
    }

    @Test
    void what_is_no_zip_is_refused_before_it_is_sent() throws IOException {
        write("notes.txt", "not a zip");

        assertThatThrownBy(() -> Sources.in(work.resolve("notes.txt"), null)).isInstanceOf(BundleRefused.class);
    }

    private void write(String file, String content) throws IOException {
        Path path = work.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
