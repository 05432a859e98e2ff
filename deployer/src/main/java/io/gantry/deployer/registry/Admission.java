package io.gantry.deployer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.model.AuthConfig;
import io.gantry.remote.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a registry learns who asks: by name and password, or, where it demands that, by a token that these are good for. */
final class Admission {
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final Duration patience;

    Admission(HttpClient http, Duration patience) {
        this.http = http;
        this.patience = patience;
    }

    static Optional<String> basic(AuthConfig login) {
        return Optional.ofNullable(login.getUsername())
                .map(user -> user + ":" + Objects.requireNonNullElse(login.getPassword(), ""))
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }

    /** @return what to ask again with, if the answer demands a token, and whoever gives one lets this login in */
    Optional<String> tokenFor(HttpResponse<?> refused, AuthConfig login) throws IOException, InterruptedException {
        Optional<String> challenge = refused.headers().allValues("WWW-Authenticate").stream()
                .filter(demanded -> refused.statusCode() == 401 && demanded.startsWith("Bearer "))
                .findFirst();
        return challenge.isEmpty() ? Optional.empty() : token(challenge.get(), login);
    }

    private Optional<String> token(String challenge, AuthConfig login) throws IOException, InterruptedException {
        Map<String, String> parameters = PARAMETER
                .matcher(challenge)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(tokenSource(parameters)).timeout(patience);
        basic(login).ifPresent(basic -> request.header("Authorization", basic));
        HttpResponse<String> answer = WholeAnswer.of(http, request.build());
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException("No token for the container registry: %d".formatted(answer.statusCode()));
        }
        JsonNode granted = JSON.readTree(answer.body());
        return Optional.of("Bearer "
                + granted.path("token").asString(granted.path("access_token").asString("")));
    }

    private static URI tokenSource(Map<String, String> parameters) {
        String query = Stream.of("service", "scope")
                .filter(parameters::containsKey)
                .map(name -> name + "=" + URLEncoder.encode(parameters.get(name), UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(parameters.get("realm") + "?" + query);
    }
}
