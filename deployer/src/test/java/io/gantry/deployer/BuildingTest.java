package io.gantry.deployer;

import static io.gantry.deployer.app.OwnApp.WEB;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.app.BundleShelf;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.build.PretendedBuilder;
import io.gantry.deployer.neighbour.Requests;
import io.gantry.deployer.neighbour.Told;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

/** How a bundle becomes an image, and what is told of it. */
@DeployerTest
class BuildingTest {
    /** Of what somebody waits for. */
    private static final int TRIES = 5;

    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    Told told;

    @Autowired
    PretendedBuilder builder;

    @Autowired
    RestTestClient http;

    @Autowired
    BundleShelf shelf;

    @Test
    void what_was_built_from_the_same_bundle_is_not_built_again() {
        requests.answer(requests.build(releases.web(1)));
        DeploymentToken again = requests.build(releases.web(1));
        assertThat(requests.report(again).state()).isEqualTo(ServiceState.BUILT);
        assertThat(builder.built).hasSize(1);
        assertThat(told.events(again, DeployerEvent.ImageBuilt.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reused()).isTrue());
    }

    @Test
    void the_build_engine_is_tidied_after_the_push() {
        requests.answer(requests.build(releases.web(1)));
        await().untilAsserted(() -> assertThat(builder.tidied).hasSize(1));
    }

    @Test
    void tidying_up_outlasts_an_engine_that_is_away_for_longer_than_anyone_would_wait() {
        builder.awayFor = TRIES;
        requests.answer(requests.build(releases.web(1)));
        await().untilAsserted(() -> assertThat(builder.tidied).hasSize(1));
    }

    @Test
    void an_image_that_no_build_engine_has_is_soon_given_up_to_be_tidied_up_for_discards_wait_for_that() {
        builder.untidyElsewhere = true;
        requests.answer(requests.build(releases.web(1)));
        await().untilAsserted(() -> assertThat(builder.tidyings).hasValue(TRIES));
        requests.discard(WEB);
        await().untilAsserted(() -> assertThat(builder.discarded).hasSize(1));
        assertThat(builder.tidyings).hasValue(TRIES);
    }

    @Test
    void an_image_that_no_build_engine_has_is_built_anew() {
        builder.elsewhere = true;
        DeploymentToken token = requests.build(releases.web(1));
        await().until(() -> builder.built.size() == 2);
        builder.elsewhere = false;
        assertThat(requests.report(token).state()).isEqualTo(ServiceState.BUILT);
    }

    @Test
    void a_failed_build_tells_its_last_lines() {
        builder.failure = "The command npm ci returned 1";
        Failure failure = requests.failure(requests.build(releases.web(1)));
        assertThat(failure.code()).isEqualTo("BUILD_FAILED");
        assertThat(failure.log()).contains("npm error code E404");
    }

    @Test
    void a_bundle_that_is_not_there_is_a_failure_not_a_hang() {
        Release release = releases.web(1);
        shelf.store.delete(release.bundle().key());
        Failure failure = requests.failure(requests.build(release));
        assertThat(failure.code()).isEqualTo("BUNDLE_MISSING");
    }

    @Test
    void the_build_log_is_told_in_order() {
        DeploymentToken token = requests.build(releases.web(1));
        requests.answer(token);
        await().untilAsserted(() ->
                assertThat(told.buildLog(token)).containsExactly("Step 1/2 : FROM base", "Step 2/2 : COPY . ./"));
    }

    @Test
    void the_last_of_a_build_log_says_so_whatever_became_of_the_build() {
        DeploymentToken built = requests.build(releases.web(1));
        await().untilAsserted(() ->
                assertThat(told.buildLogEnds(built)).endsWith(true).containsOnlyOnce(true));
        builder.failure = "The command npm ci returned 1";
        DeploymentToken failed = requests.build(releases.web(2));
        await().untilAsserted(() ->
                assertThat(told.buildLogEnds(failed)).endsWith(true).containsOnlyOnce(true));
        Release gone = releases.web(3);
        shelf.store.delete(gone.bundle().key());
        DeploymentToken refused = requests.build(gone);
        await().untilAsserted(() -> assertThat(told.buildLogEnds(refused)).containsExactly(true));
    }

    @Test
    void only_so_many_builds_run_at_once_and_the_rest_wait_visibly() {
        builder.takeTime();
        List<DeploymentToken> tokens = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> requests.build(releases.serving(new ServiceName("service-" + number))))
                .toList();
        await().until(() -> tokens.stream().filter(this::builds).count() == 2);
        DeploymentToken waiting =
                tokens.stream().filter(token -> !builds(token)).findFirst().orElseThrow();
        await().untilAsserted(() -> assertThat(told.advances(waiting))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("waits for a place among the builds")));
        builder.letOneEnd();
        await().until(() -> builds(waiting));
        IntStream.range(0, 2).forEach(_ -> builder.letOneEnd());
        tokens.forEach(token -> assertThat(requests.answer(token).outcome()).isEqualTo(Outcome.SUCCEEDED));
    }

    private boolean builds(DeploymentToken token) {
        return told.states(token).contains(ServiceState.BUILDING);
    }

    @Test
    void the_dockerfile_of_a_version_can_be_downloaded() {
        requests.answer(requests.build(releases.web(1)));
        http.get()
                .uri("/api/v1/apps/{app}/services/{service}/versions/1/dockerfile", app, WEB)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(text -> assertThat(text).startsWith("FROM gantry/python:1\n"));
        http.get()
                .uri("/api/v1/apps/{app}/services/{service}/versions/2/dockerfile", app, WEB)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NO_SUCH_IMAGE");
    }
}
