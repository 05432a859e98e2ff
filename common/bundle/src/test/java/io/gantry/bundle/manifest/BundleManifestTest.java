package io.gantry.bundle.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.bundle.BundleProblem;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import io.gantry.bundle.Zips;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Placement;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.manifest.Scale;
import io.gantry.contract.manifest.Stop;
import io.gantry.contract.manifest.TimeSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BundleManifestTest {
    private static final ServiceName APP_SERVER = new ServiceName("app-server");

    @TempDir
    Path folder;

    @Test
    void the_short_form_is_filled_in() {
        assertThat(manifest("{\"name\": \"app-server\", \"port\": 8000}"))
                .isEqualTo(new Manifest(
                        APP_SERVER,
                        Kind.SERVICE,
                        AppRuntime.PYTHON,
                        List.of("python3", "app.py"),
                        8000,
                        Map.of(),
                        new Health(null, TimeSpan.seconds(1), TimeSpan.seconds(2), TimeSpan.seconds(30), 1, 3),
                        new Resources(0.5, Memory.mebibytes(256), 256),
                        new Scale(1, 4, 70),
                        new Stop("SIGTERM", TimeSpan.seconds(10), TimeSpan.seconds(2)),
                        new Placement(Map.of(), true)));
    }

    @Test
    void the_long_form_is_taken_as_it_is() {
        Manifest manifest = manifest("""
                {"$schema": "x", "name": "app-server", "kind": "model", "runtime": "node", "command": ["node", "a b.js"], "port": 1,
                 "env": {"MODE": "prod"}, "x-team": {"any": ["thing"]},
                 "health": {"path": "/healthz?deep=1", "interval": "500ms", "timeout": "3s", "gracePeriod": "2m", "healthyAfter": 3, "unhealthyAfter": 9, "x-y": 1},
                 "resources": {"cpus": 2, "memory": "1Gi", "pids": 99}, "scale": {"min": 2, "max": 9, "cpu": 50},
                 "stop": {"signal": "SIGINT", "timeout": "1m", "drain": "300ms"}, "placement": {"labels": {"zone": "1"}, "spread": false}}""");
        assertThat(manifest)
                .isEqualTo(new Manifest(
                        APP_SERVER,
                        Kind.MODEL,
                        AppRuntime.NODE,
                        List.of("node", "a b.js"),
                        1,
                        Map.of("MODE", "prod"),
                        new Health(
                                "/healthz?deep=1",
                                TimeSpan.parse("500ms"),
                                TimeSpan.seconds(3),
                                TimeSpan.parse("2m"),
                                3,
                                9),
                        new Resources(2, Memory.parse("1Gi"), 99),
                        new Scale(2, 9, 50),
                        new Stop("SIGINT", TimeSpan.parse("1m"), TimeSpan.parse("300ms")),
                        new Placement(Map.of("zone", "1"), false)));
    }

    @Test
    void a_manifest_in_full_is_a_config_json_again() {
        Manifest manifest = manifest("{\"port\": 8000, \"health\": {\"path\": \"/\"}}");
        assertThat(manifest(JsonMapper.shared().writeValueAsString(manifest))).isEqualTo(manifest);
    }

    @Test
    void what_is_inferred_is_said() {
        BundleManifest read = read(Zips.at(folder)
                .file("config.json", "{\"port\": 8000}")
                .file("requirements.txt", "")
                .file("main.py", "")
                .done());
        assertThat(read.inferred())
                .containsExactly(
                        "The runtime is python, because there is a requirements.txt.",
                        "The command is python3 main.py, because there is a main.py.");
    }

    @Test
    void without_a_config_json_everything_is_inferred() {
        BundleManifest read = read(Zips.at(folder)
                .file("package.json", "{\"scripts\": {\"start\": \"node web.js\"}}")
                .done());
        assertThat(read.manifest().command()).containsExactly("node", "web.js");
        assertThat(read.manifest().port()).isEqualTo(8000);
        assertThat(read.inferred())
                .hasSize(3)
                .anySatisfy(sentence -> assertThat(sentence).contains("PORT"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "package.json | {\"scripts\": {\"start\": \"next start\"}} | NODE | npm start",
                "package.json | {\"main\": \"lib.js\"} | NODE | node lib.js",
                "shop.jar | x | JAVA | java -jar shop.jar",
                "only.py | x | PYTHON | python3 only.py",
                "index.html | x | STATIC | ''",
                "Dockerfile | FROM x | DOCKERFILE | ''"
            })
    void files_speak_for_a_runtime_and_a_command(String file, String content, AppRuntime runtime, String command) {
        Manifest manifest = read(Zips.at(folder).file(file, content).done()).manifest();
        assertThat(manifest.runtime()).isEqualTo(runtime);
        assertThat(String.join(" ", manifest.command())).isEqualTo(command);
    }

    @Test
    void a_dockerfile_says_its_port() {
        Path zip = Zips.at(folder)
                .file("config.json", "{}")
                .file("Dockerfile", "FROM x\nexpose 9000/tcp\n")
                .done();
        assertThat(read(zip).manifest().port()).isEqualTo(9000);
    }

    @Test
    void contradicting_files_are_not_guessed_about() {
        Path zip = Zips.at(folder)
                .file("requirements.txt", "")
                .file("package.json", "{}")
                .done();
        assertThat(refused(zip).problems()).extracting(BundleProblem::pointer).containsExactly("/runtime");
    }

    @Test
    void nothing_to_infer_from_is_said() {
        BundleRefused refused = refused(Zips.at(folder).file("notes.txt", "").done());
        assertThat(refused.refusal()).isEqualTo(Refusal.NO_MANIFEST);
        assertThat(refused).hasMessageContaining("config.json");
    }

    @Test
    void a_missing_port_is_asked_for() {
        assertThat(problem("{\"name\": \"app-server\"}"))
                .isEqualTo(
                        new BundleProblem(
                                "/port",
                                "Say the port that the service listens on, or \"kind\": \"worker\" or \"job\" if it listens on none"));
    }

    @Test
    void a_worker_needs_no_port() {
        assertThat(manifest("{\"kind\": \"worker\"}").port()).isNull();
    }

    @Test
    void a_worker_has_no_port_and_no_health_path() {
        assertThat(refused(bundle("{\"kind\": \"worker\", \"port\": 1}")).problems())
                .extracting(BundleProblem::pointer)
                .containsExactly("/port");
        assertThat(refused(bundle("{\"kind\": \"job\", \"health\": {\"path\": \"/\"}}"))
                        .problems())
                .extracting(BundleProblem::pointer)
                .containsExactly("/health/path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prot\": 1}                             | /prot             | did you mean \"port\"?",
                "{\"Port\": 1}                             | /Port             | did you mean \"port\"?",
                "{\"comand\": \"x\", \"port\": 1}          | /comand           | did you mean \"command\"?",
                "{\"port\": 1, \"memory\": \"1Gi\"}        | /memory           | did you mean \"/resources/memory\"?",
                "{\"port\": 1, \"health\": {\"pth\": \"/\"}} | /health/pth      | did you mean \"path\"?",
                "{\"port\": 1, \"zzzzzzzzz\": 1}           | /zzzzzzzzz        | keys of your own begin with x-",
                "{\"port\": 1, \"a/b~c\": 1}               | /a~1b~0c          | no such key"
            })
    void an_unknown_key_is_refused_with_a_suggestion(String json, String pointer, String suggestion) {
        BundleProblem problem = problem(json);
        assertThat(problem.pointer()).isEqualTo(pointer);
        assertThat(problem.message()).contains(suggestion);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"port\": 0}                              | /port",
                "{\"port\": 70000}                          | /port",
                "{\"port\": \"http\"}                       | /port",
                "{\"port\": \"8000\"}                       | /port",
                "{\"port\": 80.5}                           | /port",
                "{\"port\": 1e999}                          | /port",
                "{\"port\": null}                           | /port",
                "{\"port\": \"80\\nRUN curl evil\"}         | /port",
                "{\"port\": 1, \"name\": \"App\"}           | /name",
                "{\"port\": 1, \"name\": \"a;id\"}          | /name",
                "{\"port\": 1, \"name\": \"app\\n\"}        | /name",
                "{\"port\": 1, \"name\": \"-v\"}            | /name",
                "{\"port\": 1, \"name\": 7}                 | /name",
                "{\"port\": 1, \"name\": \"other\"}         | /name",
                "{\"port\": 1, \"kind\": \"cron\"}          | /kind",
                "{\"port\": 1, \"runtime\": \"ruby\"}       | /runtime",
                "{\"port\": 1, \"command\": \"\"}           | /command",
                "{\"port\": 1, \"command\": 5}              | /command",
                "{\"port\": 1, \"command\": [1]}            | /command/0",
                "{\"port\": 1, \"command\": \"a\\u0000b\"}  | /command",
                "{\"port\": 1, \"env\": {\"A B\": \"x\"}}   | /env",
                "{\"port\": 1, \"env\": {\"A\\nB\": \"x\"}} | /env",
                "{\"port\": 1, \"env\": {\"A=B\": \"x\"}}   | /env",
                "{\"port\": 1, \"env\": {\"1A\": \"x\"}}    | /env",
                "{\"port\": 1, \"env\": {\"A\": 1}}         | /env/A",
                "{\"port\": 1, \"env\": {\"A\": \"\\u0000\"}} | /env/A",
                "{\"port\": 1, \"env\": []}                 | /env",
                "{\"port\": 1, \"health\": {\"path\": \"healthz\"}} | /health/path",
                "{\"port\": 1, \"health\": {\"path\": \"/a\\r\\nHost: x\"}} | /health/path",
                "{\"port\": 1, \"health\": {\"interval\": \"fast\"}} | /health/interval",
                "{\"port\": 1, \"health\": {\"interval\": \"0s\"}} | /health/interval",
                "{\"port\": 1, \"health\": {\"timeout\": 5}} | /health/timeout",
                "{\"port\": 1, \"health\": {\"unhealthyAfter\": 0}} | /health/unhealthyAfter",
                "{\"port\": 1, \"health\": {\"interval\": \"999999999h\"}} | /health/interval",
                "{\"port\": 1, \"health\": {\"timeout\": \"25h\"}} | /health/timeout",
                "{\"port\": 1, \"health\": {\"gracePeriod\": \"25h\"}} | /health/gracePeriod",
                "{\"port\": 1, \"stop\": {\"timeout\": \"91s\"}} | /stop/timeout",
                "{\"port\": 1, \"stop\": {\"drain\": \"25h\"}} | /stop/drain",
                "{\"port\": 1, \"resources\": {\"memory\": \"1 zillion\"}} | /resources/memory",
                "{\"port\": 1, \"resources\": {\"memory\": \"1\"}} | /resources/memory",
                "{\"port\": 1, \"resources\": {\"memory\": \"999999999999999Ti\"}} | /resources/memory",
                "{\"port\": 1, \"resources\": {\"cpus\": \"half\"}} | /resources/cpus",
                "{\"port\": 1, \"resources\": {\"cpus\": -1}} | /resources/cpus",
                "{\"port\": 1, \"scale\": {\"min\": 3, \"max\": 2}} | /scale/max",
                "{\"port\": 1, \"scale\": {\"min\": 0}}     | /scale/min",
                "{\"port\": 1, \"stop\": {\"signal\": \"SIGTERM; id\"}} | /stop/signal",
                "{\"port\": 1, \"placement\": {\"labels\": {\"a\": 1}}} | /placement/labels/a",
                "[]                                         | ''",
                "{\"port\": 1, \"port\": 2}                 | ''",
                "{\"port\": 1                               | ''",
                "{\"port\": 1} x                            | ''",
                "{\"port\": NaN}                            | ''"
            })
    void what_does_not_fit_is_refused_at_its_place(String json, String pointer) {
        BundleProblem problem = problem(json);
        assertThat(problem.pointer()).isEqualTo(pointer);
        assertThat(problem.message()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThat(refused(bundle("{\"port\": \"http\", \"nam\": \"x\", \"resources\": {\"memory\": \"1 zillion\"}}"))
                        .problems())
                .extracting(BundleProblem::pointer)
                .containsExactly("/nam", "/port", "/resources/memory");
    }

    @Test
    void a_problem_says_what_would_be_right() {
        assertThat(problem("{\"port\": \"http\"}").message())
                .isEqualTo(
                        "\"http\" does not fit. The port the service listens on inside its container: a whole number from 1 to 65535.");
    }

    @Test
    void a_name_of_300_characters_is_refused() {
        assertThat(problem("{\"port\": 1, \"name\": \"" + "a".repeat(300) + "\"}")
                        .pointer())
                .isEqualTo("/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "\"quoted\" and 'quoted'", "$(id) `id` ; rm -rf /", "", "\\"})
    void an_environment_value_is_any_text(String value) {
        String json = JsonMapper.shared().writeValueAsString(Map.of("port", 1, "env", Map.of("A", value)));
        assertThat(manifest(json).env()).containsExactly(Map.entry("A", value));
    }

    @Test
    void deep_nesting_is_refused() {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        assertThat(problem("{\"port\": 1, \"x-deep\": " + deep + "}").message()).contains("not valid JSON");
    }

    @Test
    void a_huge_config_json_is_refused() {
        assertThat(problem("{\"port\": 1, \"x-a\": \"" + noise() + "\"}").message())
                .contains("larger than");
    }

    @Test
    void more_instances_at_least_than_usual_at_most_are_no_contradiction() {
        assertThat(manifest("{\"port\": 1, \"scale\": {\"min\": 7}}").scale()).isEqualTo(new Scale(7, 7, 70));
    }

    @Test
    void a_command_as_one_text_is_read_by_a_shell() {
        assertThat(manifest("{\"port\": 1, \"command\": \"python3 app.py --port $PORT\"}")
                        .command())
                .containsExactly("/bin/sh", "-c", "exec python3 app.py --port $PORT");
    }

    @Test
    void a_bundle_for_no_service_in_particular_must_say_its_name() {
        Path zip = bundle("{\"port\": 1}");
        assertThat(catchThrowableOfType(BundleRefused.class, () -> read(zip, null))
                        .problems())
                .extracting(BundleProblem::pointer)
                .containsExactly("/name");
    }

    private static String noise() {
        StringBuilder noise = new StringBuilder();
        new Random(1).ints(300 << 10, 'a', 'z').forEach(letter -> noise.append((char) letter));
        return noise.toString();
    }

    private Path bundle(String config) {
        return Zips.at(folder).file("config.json", config).file("app.py", "").done();
    }

    private Manifest manifest(String config) {
        return read(bundle(config)).manifest();
    }

    private BundleProblem problem(String config) {
        assertThat(refused(bundle(config)).problems()).hasSize(1);
        return refused(bundle(config)).problems().getFirst();
    }

    private static BundleRefused refused(Path zip) {
        return catchThrowableOfType(BundleRefused.class, () -> read(zip));
    }

    private static BundleManifest read(Path zip) {
        return read(zip, APP_SERVER);
    }

    private static BundleManifest read(Path zip, @Nullable ServiceName service) {
        try (BundleFile bundle = BundleFile.open(zip, BundleLimits.DEFAULT)) {
            return BundleManifest.read(bundle, service);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
