package io.gantry.deployer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.deployer.registry.PretendedRegistry.Behaviour;
import io.gantry.deployer.registry.RegistryApi.Deletion;
import io.gantry.registry.RegistryLogin;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class RegistryApiTest {
    private static final String REPOSITORY = "shop/app-server";
    private static final String DIGEST = "sha256:" + "1".repeat(64);

    private final PretendedRegistry registry = PretendedRegistry.start();
    private final RegistryApi api = new RegistryApi(
            new ContainerRegistry(registry.address(), "gantry", "secret", false, null, "fleet"),
            RegistryLogin.of(registry.address(), "gantry", "secret"));

    @BeforeEach
    void holdTwoVersions() {
        registry.hold(REPOSITORY, "1", DIGEST);
        registry.hold(REPOSITORY, "2", "sha256:" + "2".repeat(64));
    }

    @AfterEach
    void stop() {
        registry.stop();
    }

    @Test
    void an_image_is_deleted_with_its_tags_and_no_other() throws InterruptedException {
        assertThat(api.digest(REPOSITORY, "1")).contains(DIGEST);
        assertThat(api.delete(REPOSITORY, DIGEST)).isEqualTo(Deletion.DONE);
        assertThat(api.tags(REPOSITORY)).containsExactly("2");
        assertThat(api.digest(REPOSITORY, "1")).isEmpty();
        assertThat(api.delete(REPOSITORY, DIGEST)).isEqualTo(Deletion.NOT_THERE);
    }

    @Test
    void a_repository_that_is_not_there_has_no_tags() throws InterruptedException {
        assertThat(api.tags("shop/none")).isEmpty();
    }

    @Test
    void a_registry_may_keep_everything() throws InterruptedException {
        registry.behaviour = Behaviour.KEEPS;
        assertThat(api.delete(REPOSITORY, DIGEST)).isEqualTo(Deletion.NOT_SUPPORTED);
    }

    @Test
    void a_token_is_fetched_where_one_is_demanded() throws InterruptedException {
        registry.demandsToken = true;
        assertThat(api.tags(REPOSITORY)).containsExactlyInAnyOrder("1", "2");
        assertThat(registry.lastTokenAskedWith)
                .isEqualTo("service=here&scope=repository%3Aa%2Fb%3Apull%2Cdelete Basic Z2FudHJ5OnNlY3JldA==");
    }

    @Test
    void whom_the_giver_of_tokens_does_not_know_the_registry_refuses() {
        registry.demandsToken = true;
        registry.givesNoToken = true;
        assertThatThrownBy(() -> api.tags(REPOSITORY)).hasMessageContaining("answered 401");
    }

    @Test
    void a_registry_that_is_away_is_told_apart_from_one_that_has_nothing() {
        registry.behaviour = Behaviour.IS_AWAY;
        assertThatThrownBy(() -> api.tags(REPOSITORY)).hasMessageContaining("answered 503");
        registry.stop();
        assertThatThrownBy(() -> api.tags(REPOSITORY)).isInstanceOf(UncheckedIOException.class);
    }

    private RegistryApi hasty() {
        return new RegistryApi(
                new ContainerRegistry(registry.address(), "gantry", "secret", false, null, "fleet"),
                RegistryLogin.of(registry.address(), "gantry", "secret"),
                Duration.ofMillis(500));
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_registry_that_dies_in_the_middle_of_its_answer_is_not_waited_for() {
        registry.diesAfterHeaders = true;
        assertThatThrownBy(() -> hasty().tags(REPOSITORY))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(HttpTimeoutException.class);
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_giver_of_tokens_that_dies_in_the_middle_of_its_answer_is_not_waited_for() {
        registry.demandsToken = true;
        registry.diesAfterHeaders = true;
        assertThatThrownBy(() -> hasty().tags(REPOSITORY))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(HttpTimeoutException.class);
        assertThat(registry.lastTokenAskedWith).isNotNull();
    }

    @Test
    void only_a_registry_on_the_same_machine_is_spoken_to_in_the_clear() {
        assertThat(apiOf("127.0.0.1:7080")).isEqualTo(URI.create("http://127.0.0.1:7080/v2/"));
        assertThat(apiOf("localhost:5000")).isEqualTo(URI.create("http://localhost:5000/v2/"));
        assertThat(new ContainerRegistry("10.0.0.4:7080", null, null, true, null, "fleet").api())
                .isEqualTo(URI.create("http://10.0.0.4:7080/v2/"));
        assertThat(apiOf("gantry.azurecr.io")).isEqualTo(URI.create("https://gantry.azurecr.io/v2/"));
    }

    private static URI apiOf(String address) {
        return new ContainerRegistry(address, null, null, false, null, "fleet").api();
    }
}
