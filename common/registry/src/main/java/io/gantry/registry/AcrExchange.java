package io.gantry.registry;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.AzureException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.util.Context;
import io.gantry.registry.NoRegistryLogin.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an Azure Container Registry gives its tokens: one of Azure's for one of the registry's own, that for one which is good for less.
 * What is busy or broken is asked four times in all; only for so long as somebody may wait for it.
 */
final class AcrExchange {
    private static final String OF_AZURE = "https://management.azure.com/.default";
    private static final int TRIES_MORE = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String registry;
    private final TokenCredential identity;
    private final HttpPipeline pipeline;

    /** @param registry host and port */
    AcrExchange(String registry, TokenCredential identity, HttpClient http) {
        this.registry = registry;
        this.identity = identity;
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(http)
                .policies(new RetryPolicy(new RetryOptions(new ExponentialBackoffOptions()
                                .setMaxRetries(TRIES_MORE)
                                .setBaseDelay(FIRST_PAUSE)
                                .setMaxDelay(LONGEST_PAUSE))
                        .setShouldRetryCondition(AcrExchange::isWorthAnotherTry)))
                .build();
    }

    private static boolean isWorthAnotherTry(RequestRetryCondition so) {
        HttpResponse answer = so.getResponse();
        if (answer == null) {
            return so.getThrowable() instanceof Exception;
        }
        return isAway(answer.getStatusCode()) && waitsNoLongerThanWeMay(answer);
    }

    private static boolean isAway(int status) {
        return status == 429 || status == 408 || status >= 500;
    }

    private static boolean waitsNoLongerThanWeMay(HttpResponse answer) {
        String seconds = answer.getHeaderValue(HttpHeaderName.RETRY_AFTER);
        return seconds == null
                || (seconds.matches("[0-9]{1,4}") && Integer.parseInt(seconds) <= LONGEST_PAUSE.toSeconds());
    }

    /** One of the registry's that is good for all that our identity may do there. */
    Token refreshToken(Instant now) {
        return token(
                "exchange",
                Map.of("grant_type", "access_token", "service", registry, "access_token", ofAzure()),
                "refresh_token",
                now);
    }

    private String ofAzure() {
        try {
            return identity.getTokenSync(new TokenRequestContext().addScopes(OF_AZURE))
                    .getToken();
        } catch (RuntimeException noToken) {
            throw new NoRegistryLogin(
                    Reason.NO_IDENTITY,
                    "Azure does not say who we are, so there is no login for the container registry %s (%s). Is the managed identity assigned to this machine?"
                            .formatted(registry, firstLine(noToken)),
                    noToken);
        }
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** @param scope what it is good for: {@code repository:shop/app-server:pull} */
    Token accessToken(Token refresh, String scope, Instant now) {
        return token(
                "token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "service",
                        registry,
                        "scope",
                        scope,
                        "refresh_token",
                        refresh.text()),
                "access_token",
                now);
    }

    private Token token(String path, Map<String, String> form, String field, Instant now) {
        HttpRequest request = new HttpRequest(HttpMethod.POST, "https://%s/oauth2/%s".formatted(registry, path))
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .setBody(encoded(form));
        // The JDK's client counts for itself, and complains of whoever does it for it.
        request.getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
        try (HttpResponse answer = pipeline.sendSync(request, Context.NONE)) {
            if (answer.getStatusCode() != 200) {
                throw refused(answer.getStatusCode(), path);
            }
            return Token.of(read(answer, field), now);
        } catch (UncheckedIOException | AzureException unreachable) {
            throw away("does not answer", unreachable);
        } catch (NoRegistryLogin known) {
            throw known;
        } catch (RuntimeException wrapped) {
            if (wrapped.getCause() instanceof IOException broken) {
                throw away("does not answer", broken);
            }
            throw wrapped;
        }
    }

    private String read(HttpResponse answer, String field) {
        try {
            String token = JSON.readTree(answer.getBodyAsBinaryData().toBytes())
                    .path(field)
                    .asString("");
            if (!token.isEmpty()) {
                return token;
            }
        } catch (JacksonException noJson) {
            throw away("answers something else than a token", noJson);
        }
        throw away("answers something else than a token", null);
    }

    private NoRegistryLogin refused(int status, String path) {
        if (isAway(status)) {
            return away("answers %d".formatted(status), null);
        }
        return new NoRegistryLogin(
                Reason.NOT_LET_IN,
                "The container registry %s does not let us in by our identity in Azure: it answers %d to /oauth2/%s. Give that identity the role AcrPush there."
                        .formatted(registry, status, path),
                null);
    }

    private NoRegistryLogin away(String how, @Nullable Throwable cause) {
        return new NoRegistryLogin(
                Reason.AWAY,
                "There is no login for the container registry %s: it %s%s. It is asked again next time."
                        .formatted(registry, how, cause == null ? "" : " (" + firstLine(cause) + ")"),
                cause);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
