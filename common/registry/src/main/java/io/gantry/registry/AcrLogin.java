package io.gantry.registry;

import com.github.dockerjava.api.model.AuthConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * To an Azure Container Registry, by an identity in Azure. Who pushes has the registry's token for all that the identity may do there;
 * who pulls has one that is good for pulling from one repository, so that a machine which runs apps never holds more.
 */
final class AcrLogin implements RegistryLogin {
    /** Whom the registry takes for one who brings a token in place of a password. */
    private static final String BEARER = "00000000-0000-0000-0000-000000000000";

    private final String registry;
    private final AcrExchange exchange;
    private final InstantSource clock;
    private final KeptToken refresh;
    private final Map<String, KeptToken> pulls = new ConcurrentHashMap<>();

    AcrLogin(String registry, AcrExchange exchange, InstantSource clock) {
        this.registry = registry;
        this.exchange = exchange;
        this.clock = clock;
        this.refresh = new KeptToken(exchange::refreshToken, clock);
    }

    @Override
    public <T, X extends Exception> T pushing(RegistryCall<T, X> call, Predicate<? super T> refused) throws X {
        return twice(refresh, this::toPush, call, refused);
    }

    private AuthConfig toPush(Token token) {
        return new AuthConfig()
                .withRegistryAddress(registry)
                .withUsername(BEARER)
                .withPassword(token.text());
    }

    @Override
    public <T, X extends Exception> T pulling(String repository, RegistryCall<T, X> call, Predicate<? super T> refused)
            throws X {
        KeptToken pull = pulls.computeIfAbsent(
                repository,
                _ -> new KeptToken(now -> pullToken("repository:%s:pull".formatted(repository), now), clock));
        return twice(pull, this::toPull, call, refused);
    }

    /** The refresh token may have been taken back before its end: then another is exchanged. */
    private Token pullToken(String scope, Instant now) {
        Token before = refresh.current();
        try {
            return exchange.accessToken(before, scope, now);
        } catch (NoRegistryLogin refused) {
            if (refused.reason() != NoRegistryLogin.Reason.NOT_LET_IN) {
                throw refused;
            }
            refresh.forget(before);
            return exchange.accessToken(refresh.current(), scope, now);
        }
    }

    private AuthConfig toPull(Token token) {
        return new AuthConfig().withRegistryAddress(registry).withRegistrytoken(token.text());
    }

    private static <T, X extends Exception> T twice(
            KeptToken kept, Function<Token, AuthConfig> login, RegistryCall<T, X> call, Predicate<? super T> refused)
            throws X {
        Token token = kept.current();
        T answer = call.with(login.apply(token));
        if (!refused.test(answer)) {
            return answer;
        }
        kept.forget(token);
        return call.with(login.apply(kept.current()));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AcrLogin[registry=%s]".formatted(registry);
    }
}
