package io.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.gantry.remote.Engines;
import io.gantry.testkit.azure.FakeRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import reactor.core.publisher.Mono;

/** This machine's engine pushes to and pulls from a real registry, which believes the tokens of the one in front of it alone. */
class AcrRegistryIT {
    private static final String REPOSITORY = "acr-it/web";
    private static final String CERTIFICATE = "/etc/registry-tokens.pem";
    private static final int PORT = 5000;
    private static final int SECONDS = 180;

    private static final FakeRegistry FRONT = FakeRegistry.start(InstantSource.system());
    private static final Engines ENGINES = new Engines(null);
    private static final DockerClient DOCKER =
            ENGINES.of(URI.create("unix:///var/run/docker.sock"), null).docker();
    private static GenericContainer<?> images;

    @TempDir
    Path folder;

    private final String image = FRONT.address() + "/" + REPOSITORY;
    private final RegistryLogin login = new AzureSignIn(
                    () -> _ -> Mono.just(new AccessToken(FakeRegistry.TOKEN_OF_AZURE, OffsetDateTime.MAX)),
                    InstantSource.system(),
                    FRONT.trust())
            .registry(FRONT.address());

    @BeforeAll
    static void startRegistry() {
        images = new GenericContainer<>("gantry/registry:1")
                .withExposedPorts(PORT)
                .withEnv(FRONT.settings(CERTIFICATE))
                .withCopyToContainer(Transferable.of(FRONT.certificate()), CERTIFICATE)
                .waitingFor(Wait.forHttp("/v2/").forStatusCode(401).withStartupTimeout(Duration.ofMinutes(3)));
        images.start();
        FRONT.inFrontOf(URI.create("http://127.0.0.1:" + images.getMappedPort(PORT)));
    }

    @AfterAll
    static void stopRegistry() {
        images.stop();
        FRONT.close();
        ENGINES.close();
    }

    @AfterEach
    void removeImage() {
        for (String tag : new String[] {"1", "2"}) {
            try {
                DOCKER.removeImageCmd(image + ":" + tag).exec();
            } catch (NotFoundException neverMade) {
                continue;
            }
        }
    }

    private void make(String tag) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        DOCKER.buildImageCmd(folder.toFile())
                .withTags(Set.of(image + ":" + tag))
                .exec(new BuildImageResultCallback())
                .awaitImageId(SECONDS, TimeUnit.SECONDS);
    }

    /** @return what the engine said where it did not */
    private String push(AuthConfig auth, String tag) {
        return said(DOCKER.pushImageCmd(image).withTag(tag).withAuthConfig(auth).exec(new Heard<PushResponseItem>()));
    }

    private String pull(AuthConfig auth, String tag) {
        return said(DOCKER.pullImageCmd(image).withTag(tag).withAuthConfig(auth).exec(new Heard<PullResponseItem>()));
    }

    private static String said(ResultCallback.Adapter<?> heard) {
        try {
            assertThat(heard.awaitCompletion(SECONDS, TimeUnit.SECONDS)).isTrue();
            return "";
        } catch (DockerException | DockerClientException refused) {
            return String.valueOf(refused.getMessage());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void an_image_is_pushed_by_the_exchanged_token_and_pulled_by_one_that_only_pulls() throws IOException {
        make("1");
        String said = login.pushing(auth -> push(auth, "1"), Refusal::isWhy);
        assertThat(said).isEmpty();
        removeImage();
        assertThat(pull(new AuthConfig(), "1")).matches(Refusal::isWhy);

        said = login.pulling(REPOSITORY, auth -> pull(auth, "1"), Refusal::isWhy);
        assertThat(said).isEmpty();
        assertThat(DOCKER.inspectImageCmd(image + ":1").exec().getRepoDigests()).hasSize(1);
    }

    /** An engine would try for a minute. */
    @Test
    void a_token_to_pull_is_no_token_to_push() throws Exception {
        String pull = login.pulling(REPOSITORY, AuthConfig::getRegistrytoken, _ -> false);
        try (HttpClient http = HttpClient.newBuilder().sslContext(FRONT.trust()).build()) {
            HttpRequest upload = HttpRequest.newBuilder(
                            URI.create("https://%s/v2/%s/blobs/uploads/".formatted(FRONT.address(), REPOSITORY)))
                    .header("Authorization", "Bearer " + pull)
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(http.send(upload, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }
    }

    /** By a pull, of which an engine says at once that it was refused. */
    @Test
    void tokens_that_were_taken_back_are_exchanged_anew_within_the_call() throws IOException {
        make("2");
        String said = login.pushing(auth -> push(auth, "2"), Refusal::isWhy);
        assertThat(said).isEmpty();
        removeImage();
        FRONT.takeBackTokens();
        long before = FRONT.exchanges();

        said = login.pushing(auth -> pull(auth, "2"), Refusal::isWhy);

        assertThat(said).isEmpty();
        assertThat(FRONT.exchanges()).isEqualTo(before + 1);
    }

    private static final class Heard<T extends ResponseItem> extends ResultCallback.Adapter<T> {
        @Override
        public void onNext(T item) {
            if (item.getErrorDetail() != null) {
                throw new DockerClientException(
                        String.valueOf(item.getErrorDetail().getMessage()));
            }
        }
    }
}
