package io.gantry.deployer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.manifest.Stop;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.deployer.app.Zip;
import io.gantry.deployer.leg.Sample;
import io.gantry.deployer.node.FleetSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTemplateTest {
    private static final BuildSettings SETTINGS = settings(true);
    private static final String LABELS = "LABEL \"io.gantry.fleet\"=\"local\" \"io.gantry.app\"=\"shop\" "
            + "\"io.gantry.service\"=\"web\" \"io.gantry.version\"=\"3\" \"io.gantry.bundle.sha256\"=\""
            + "ab".repeat(32)
            + "\" \"org.opencontainers.image.title\"=\"shop/web\" \"org.opencontainers.image.version\"=\"3\"\n";

    @TempDir
    Path folder;

    private static BuildSettings settings(boolean ownDockerfiles) {
        return new BuildSettings(
                URI.create("unix:///var/run/docker.sock"),
                null,
                "gantry/",
                "1",
                false,
                ownDockerfiles,
                3,
                Duration.ofHours(1),
                Path.of("work"));
    }

    private static Release release(AppRuntime runtime, String... command) {
        Release release = Sample.RELEASE;
        Manifest like = release.manifest();
        Manifest manifest = new Manifest(
                like.name(),
                like.kind(),
                runtime,
                List.of(command),
                like.port(),
                Map.of("SECRET", "s3cret\nRUN evil"),
                like.health(),
                like.resources(),
                like.scale(),
                new Stop("SIGINT", TimeSpan.seconds(1), TimeSpan.seconds(2)),
                like.placement());
        return new Release(release.service(), release.version(), release.bundle(), manifest);
    }

    private Dockerfile dockerfile(Release release, Zip zip) throws IOException {
        return dockerfile(SETTINGS, release, zip);
    }

    private Dockerfile dockerfile(BuildSettings settings, Release release, Zip zip) throws IOException {
        Path file = Files.write(folder.resolve("bundle.zip"), zip.bytes());
        try (BundleFile bundle = BundleFile.open(file, BundleLimits.DEFAULT)) {
            return new DockerfileTemplate(settings, new FleetSettings("local", null)).of(Sample.LEG, release, bundle);
        }
    }

    @Test
    void python_installs_its_requirements_before_the_code() throws IOException {
        Zip zip = new Zip().with("app.py", "").with("requirements.txt", "").with("constraints.txt", "");
        Dockerfile dockerfile = dockerfile(release(AppRuntime.PYTHON, "python3", "app.py"), zip);
        assertThat(dockerfile.text()).isEqualTo("""
                FROM gantry/python:1
                LABEL "io.gantry.fleet"="local"
                WORKDIR /app
                COPY ["requirements.txt","constraints.txt","./"]
                RUN ["python3","-m","pip","install","--no-cache-dir","-r","requirements.txt"]
                USER 10001:10001
                STOPSIGNAL SIGINT
                CMD ["python3","app.py"]
                COPY --chown=10001:10001 [".","./"]
                """ + LABELS);
        assertThat(dockerfile.stepsBeforeCode()).isEqualTo(8);
    }

    @Test
    void wheels_in_the_bundle_are_the_only_source_of_packages() throws IOException {
        Zip zip = new Zip().with("requirements.txt", "").with("wheels/a-1-py3-none-any.whl", "");
        assertThat(dockerfile(release(AppRuntime.PYTHON, "x"), zip).text())
                .contains("COPY [\"wheels\",\"./wheels/\"]\n", "\"--no-index\",\"--find-links\",\"wheels\"");
    }

    @Test
    void node_installs_what_its_lock_file_pins_before_the_code() throws IOException {
        Zip zip = new Zip().with("server.js", "").with("package.json", "").with("package-lock.json", "");
        assertThat(dockerfile(release(AppRuntime.NODE, "node", "server.js"), zip)
                        .text())
                .isEqualTo("""
                FROM gantry/node:1
                LABEL "io.gantry.fleet"="local"
                WORKDIR /app
                COPY ["package.json","package-lock.json","./"]
                RUN ["npm","ci","--omit=dev"]
                USER 10001:10001
                STOPSIGNAL SIGINT
                CMD ["node","server.js"]
                COPY --chown=10001:10001 [".","./"]
                """ + LABELS);
    }

    @Test
    void node_without_a_lock_file_installs_what_fits() throws IOException {
        Zip zip = new Zip().with("package.json", "");
        assertThat(dockerfile(release(AppRuntime.NODE, "node", "x.js"), zip).text())
                .contains("RUN [\"npm\",\"install\",\"--omit=dev\"]\n");
    }

    @Test
    void java_runs_its_jar() throws IOException {
        Zip zip = new Zip().with("app.jar", "");
        assertThat(dockerfile(release(AppRuntime.JAVA, "java", "-jar", "app.jar"), zip)
                        .text())
                .isEqualTo("""
                FROM gantry/java:1
                LABEL "io.gantry.fleet"="local"
                WORKDIR /app
                USER 10001:10001
                STOPSIGNAL SIGINT
                CMD ["java","-jar","app.jar"]
                COPY --chown=10001:10001 [".","./"]
                """ + LABELS);
    }

    @Test
    void a_static_site_is_served_by_its_base_image() throws IOException {
        Zip zip = new Zip().with("index.html", "");
        assertThat(dockerfile(release(AppRuntime.STATIC), zip).text()).isEqualTo("""
                FROM gantry/static:1
                LABEL "io.gantry.fleet"="local"
                WORKDIR /app
                USER 10001:10001
                STOPSIGNAL SIGINT
                COPY --chown=10001:10001 [".","./"]
                """ + LABELS);
    }

    @Test
    void a_dockerfile_of_the_developers_own_is_taken_as_it_is() throws IOException {
        Zip zip = new Zip().with("Dockerfile", "FROM scratch\n");
        Dockerfile own = dockerfile(release(AppRuntime.DOCKERFILE), zip);
        assertThat(own).isEqualTo(new Dockerfile("FROM scratch\n", "Dockerfile", 0));
    }

    @Test
    void a_platform_may_refuse_dockerfiles_of_developers_own() {
        Zip zip = new Zip().with("Dockerfile", "FROM scratch\n");
        assertThatThrownBy(() -> dockerfile(settings(false), release(AppRuntime.DOCKERFILE), zip))
                .isInstanceOf(BuildRefused.class);
    }

    @Test
    void the_environment_is_not_in_the_image() throws IOException {
        assertThat(dockerfile(release(AppRuntime.PYTHON, "x"), new Zip().with("a", ""))
                        .text())
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "\nRUN curl evil",
                "x\" ] \\\nUSER root",
                "\\",
                "$(id) `id` ${HOME}",
                "<<EOF",
                "# not a comment",
                "]\r\nADD http://evil /",
                "\u0000\u0001\u2028\u2029",
                "ünïcödé 漢字 🚀"
            })
    void whatever_a_command_holds_stays_a_word_of_the_command(String word) throws IOException {
        String[] command = {"/bin/sh", "-c", word};
        Dockerfile dockerfile = dockerfile(release(AppRuntime.PYTHON, command), new Zip().with("app.py", ""));
        List<Instruction> instructions = Instruction.parse(dockerfile.text());
        assertThat(instructions)
                .extracting(Instruction::name)
                .containsExactly("FROM", "LABEL", "WORKDIR", "USER", "STOPSIGNAL", "CMD", "COPY", "LABEL");
        assertThat(instructions.get(5).words()).containsExactly(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGTERM\nUSER root", "$X", "a b", ""})
    void a_stop_signal_that_is_none_is_refused(String signal) {
        Release like = release(AppRuntime.PYTHON, "x");
        Manifest manifest = like.manifest();
        Release hostile = new Release(
                like.service(),
                like.version(),
                like.bundle(),
                new Manifest(
                        manifest.name(),
                        manifest.kind(),
                        manifest.runtime(),
                        manifest.command(),
                        manifest.port(),
                        manifest.env(),
                        manifest.health(),
                        manifest.resources(),
                        manifest.scale(),
                        new Stop(signal, TimeSpan.seconds(1), TimeSpan.seconds(2)),
                        manifest.placement()));
        assertThatThrownBy(() -> dockerfile(hostile, new Zip().with("a", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
