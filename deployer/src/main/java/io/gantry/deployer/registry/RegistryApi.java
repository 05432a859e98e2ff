package io.gantry.deployer.registry;

import com.github.dockerjava.api.model.AuthConfig;
import io.gantry.registry.RegistryLogin;
import io.gantry.remote.WholeAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked of the container registry itself (OCI distribution, version 2). A registry that can't be reached, or answers
 * anything unexpected, is an exception; it may be tried again.
 */
@Component
public class RegistryApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String[] ANY_MANIFEST = {
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.oci.image.index.v1+json"
    };

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ContainerRegistry registry;
    private final RegistryLogin login;
    private final Duration patience;
    private final Admission admission;

    @Autowired
    RegistryApi(ContainerRegistry registry, RegistryLogin login) {
        this(registry, login, PATIENCE);
    }

    /** @param patience for each answer, to its end */
    RegistryApi(ContainerRegistry registry, RegistryLogin login, Duration patience) {
        this.registry = registry;
        this.login = login;
        this.patience = patience;
        this.admission = new Admission(http, patience);
    }

    /** What came of a deletion. */
    public enum Deletion {
        DONE,
        NOT_THERE,
        /** Of this image, or of any. */
        NOT_SUPPORTED
    }

    /** @return none where there is no such repository */
    public List<String> tags(String repository) throws InterruptedException {
        HttpResponse<String> answer = send("GET", repository + "/tags/list");
        return switch (answer.statusCode()) {
            case 200 ->
                StreamSupport.stream(JSON.readTree(answer.body()).path("tags").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList();
            case 404 -> List.of();
            default -> throw unexpected(answer);
        };
    }

    public Optional<String> digest(String repository, String tag) throws InterruptedException {
        HttpResponse<String> answer = send("HEAD", repository + "/manifests/" + tag);
        return switch (answer.statusCode()) {
            case 200 -> answer.headers().firstValue("Docker-Content-Digest");
            case 404 -> Optional.empty();
            default -> throw unexpected(answer);
        };
    }

    /** Deletes the image with all its tags. Its layers go when the registry collects its garbage. */
    public Deletion delete(String repository, String digest) throws InterruptedException {
        HttpResponse<String> answer = send("DELETE", repository + "/manifests/" + digest);
        return switch (answer.statusCode()) {
            case 200, 202 -> Deletion.DONE;
            case 404 -> Deletion.NOT_THERE;
            case 405 -> Deletion.NOT_SUPPORTED;
            default -> throw unexpected(answer);
        };
    }

    private HttpResponse<String> send(String method, String path) throws InterruptedException {
        return login.pushing(known -> send(method, path, known), answer -> answer.statusCode() == 401);
    }

    private HttpResponse<String> send(String method, String path, AuthConfig known) throws InterruptedException {
        URI target = registry.api().resolve(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(patience).method(method, BodyPublishers.noBody());
        for (String type : ANY_MANIFEST) {
            request.header("Accept", type);
        }
        try {
            Admission.basic(known).ifPresent(basic -> request.setHeader("Authorization", basic));
            HttpResponse<String> answer = WholeAnswer.of(http, request.build());
            Optional<String> token = admission.tokenFor(answer, known);
            return token.isEmpty()
                    ? answer
                    : WholeAnswer.of(
                            http,
                            request.setHeader("Authorization", token.get()).build());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(
                    "Asking the container registry: %s %s".formatted(method, target), unreachable);
        }
    }

    private static IllegalStateException unexpected(HttpResponse<String> answer) {
        return new IllegalStateException("The container registry answered %d to %s %s: %s"
                .formatted(answer.statusCode(), answer.request().method(), answer.uri(), answer.body()));
    }
}
