package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.app.Zip;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a build leaves on the engine, uses again, says of itself and stops at. */
@DeployerIT
class BuildingIT {
    @Autowired
    Requests requests;

    @Autowired
    Programs programs;

    @Autowired
    OwnApp app;

    @Autowired
    Told told;

    @Autowired
    LocalRegistry registry;

    @Autowired
    LocalEngine engine;

    @Test
    void after_the_push_only_the_cache_is_left_on_the_build_engine() {
        requests.answer(requests.build(programs.hello()));
        await().untilAsserted(() -> assertThat(engine.caches()).hasSize(1));
        await().untilAsserted(() -> assertThat(engine.images()).isEmpty());
    }

    @Test
    void of_what_has_the_cache_s_former_name_goes_what_is_the_fleet_s_own_and_the_rest_stays() {
        requests.answer(requests.build(programs.hello()));
        await().until(() -> engine.caches().size() == 1);
        String former = engine.formerCache(WEB);
        engine.tag(engine.caches().getFirst().getId(), former, "own");
        engine.tag("gantry/debian:1", former, "whose");
        Zip changed = programs.ownPython("# 2").with("config.json", "{\"port\": 8000}");
        requests.answer(requests.build(programs.of(2, changed)));
        await().until(() -> !engine.has(former + ":own"));
        assertThat(engine.caches()).isNotEmpty();
        assertThat(engine.has(former + ":whose")).isTrue();
    }

    @Test
    void unchanged_dependencies_are_not_installed_again() {
        DeploymentToken first = requests.build(withWheel(1));
        assertThat(requests.answer(first).outcome())
                .as("%s", told.buildLog(first))
                .isEqualTo(Outcome.SUCCEEDED);
        await().until(() -> engine.caches().size() == 1);
        DeploymentToken second = requests.build(withWheel(2));
        assertThat(requests.answer(second).outcome()).isEqualTo(Outcome.SUCCEEDED);
        await().until(() -> told.buildLog(second).stream().anyMatch(line -> line.startsWith("Successfully built")));
        assertThat(told.buildLog(first)).anyMatch(line -> line.contains("Successfully installed greeting"));
        assertThat(told.buildLog(second)).noneMatch(line -> line.contains("Successfully installed greeting"));
        assertThat(told.buildLog(second).stream().filter(line -> line.contains("Using cache")))
                .hasSize(8);
    }

    private Release withWheel(int version) {
        Zip wheel = new Zip()
                .with("greeting.py", "WORD = 'hi'\n")
                .with("greeting-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1\n")
                .with("greeting-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                .with("greeting-1.dist-info/RECORD", "greeting.py,,\ngreeting-1.dist-info/METADATA,,\n");
        Zip program = programs.ownPython("import greeting # " + version)
                .with("config.json", "{\"port\": 8000}")
                .with("requirements.txt", "greeting==1\n")
                .with("wheels/greeting-1-py3-none-any.whl", wheel.bytes());
        return programs.of(version, program);
    }

    @Test
    void a_failing_build_step_is_shown_with_its_output() {
        Release release = withStep("echo no-luck-%s && exit 7".formatted(app));
        Failure failure = requests.failure(requests.buildAndRun(release));
        assertThat(failure.code()).isEqualTo("BUILD_FAILED");
        assertThat(failure.log()).contains("no-luck-" + app);
    }

    @Test
    void a_cancel_ends_a_build_on_the_engine_too() {
        DeploymentToken token = requests.build(withStep("echo %s && sleep 300".formatted(app)));
        await().until(() -> told.buildLog(token).stream().anyMatch(line -> line.contains("Running in")));
        await().until(() -> engine.runningWithCommand("echo " + app) == 1);
        requests.cancel(token);
        assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.CANCELLED);
        await().until(() -> engine.runningWithCommand("echo " + app) == 0);
    }

    private Release withStep(String command) {
        return programs.of(new Zip()
                .with("Dockerfile", "FROM gantry/debian:1\nRUN %s\n".formatted(command))
                .with("config.json", "{\"port\": 8000}"));
    }

    @Test
    void an_image_the_registry_has_lost_is_to_be_built_again() {
        Release release = programs.hello();
        requests.answer(requests.build(release));
        await().until(() -> engine.images().isEmpty());
        registry.forget("deployer-it/" + app + "/" + WEB);
        assertThat(requests.failure(requests.run(release)).code()).isEqualTo("IMAGE_MISSING");
        assertThat(requests.bringUp(release).instances()).hasSize(1);
    }
}
