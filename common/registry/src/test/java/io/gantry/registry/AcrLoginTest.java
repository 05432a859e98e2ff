package io.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.github.dockerjava.api.model.AuthConfig;
import io.gantry.registry.NoRegistryLogin.Reason;
import io.gantry.testkit.SettableClock;
import io.gantry.testkit.azure.FakeRegistry;
import io.gantry.testkit.azure.Mishap;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tokens that are asked for as the real registry is asked, over TLS. */
class AcrLoginTest {
    private static final Instant START = Instant.parse("2026-11-30T06:00:00Z");
    private static final SettableClock CLOCK = new SettableClock(START);
    private static FakeRegistry registry;

    private final long exchangedBefore = registry.exchanges();
    private final RegistryLogin login = loginAs(FakeRegistry.TOKEN_OF_AZURE);

    @BeforeAll
    static void startRegistry() {
        registry = FakeRegistry.start(CLOCK);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    private static RegistryLogin loginAs(String token) {
        TokenCredential identity =
                _ -> Mono.just(new AccessToken(token, OffsetDateTime.of(2027, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)));
        return new AzureSignIn(() -> identity, CLOCK, registry.trust()).registry(registry.address());
    }

    private long exchanged() {
        return registry.exchanges() - exchangedBefore;
    }

    private static String pushed(RegistryLogin login) {
        return login.pushing(AuthConfig::getPassword, _ -> false);
    }

    private static String pulled(RegistryLogin login, String repository) {
        return login.pulling(repository, AuthConfig::getRegistrytoken, _ -> false);
    }

    @Test
    void who_pushes_brings_the_registrys_token_in_place_of_a_password() {
        AuthConfig carried = login.pushing(auth -> auth, _ -> false);
        assertThat(carried.getUsername()).isEqualTo("00000000-0000-0000-0000-000000000000");
        assertThat(carried.getRegistryAddress()).isEqualTo(registry.address());
        assertThat(carried.getPassword()).isNotEmpty().isNotEqualTo(FakeRegistry.TOKEN_OF_AZURE);
    }

    @Test
    void who_pulls_has_a_token_that_is_good_for_that_alone() {
        AuthConfig carried = login.pulling("shop/web", auth -> auth, _ -> false);
        assertThat(carried.getRegistrytoken()).isNotEmpty();
        assertThat(carried.getPassword()).isNull();
        assertThat(registry.asked().getLast().form())
                .containsEntry("grant_type", List.of("refresh_token"))
                .containsEntry("scope", List.of("repository:shop/web:pull"));
    }

    @Test
    void a_token_is_kept_until_shortly_before_its_end() {
        String first = pushed(login);
        CLOCK.advance(Duration.ofHours(3).minus(Duration.ofMinutes(6)));
        assertThat(pushed(login)).isEqualTo(first);
        CLOCK.advance(Duration.ofMinutes(2));
        assertThat(pushed(login)).isNotEqualTo(first);
        assertThat(exchanged()).isEqualTo(2);
    }

    @Test
    void a_token_that_is_to_be_renewed_serves_as_long_as_it_is_good() {
        String first = pushed(login);
        CLOCK.advance(Duration.ofHours(3).minus(Duration.ofMinutes(3)));
        registry.mishap(Mishap.refused(403, "DENIED", "Not now."));
        assertThat(pushed(login)).isEqualTo(first);
        CLOCK.advance(Duration.ofMinutes(4));
        registry.mishap(Mishap.refused(403, "DENIED", "Not now."));
        assertThatThrownBy(() -> pushed(login)).isInstanceOf(NoRegistryLogin.class);
        assertThat(pushed(login)).isNotEqualTo(first);
    }

    @Test
    void each_repository_has_a_token_of_its_own_from_one_exchange() {
        assertThat(pulled(login, "shop/web")).isEqualTo(pulled(login, "shop/web"));
        assertThat(pulled(login, "shop/api")).isNotEqualTo(pulled(login, "shop/web"));
        assertThat(exchanged()).isOne();
    }

    @Test
    void many_who_need_a_token_at_once_cause_one_exchange() throws Exception {
        Set<String> tokens = new HashSet<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> calls = new ArrayList<>();
            for (int caller = 0; caller < 50; caller++) {
                calls.add(callers.submit(() -> pushed(login)));
            }
            for (Future<String> call : calls) {
                tokens.add(call.get());
            }
        }
        assertThat(tokens).hasSize(1);
        assertThat(exchanged()).isOne();
    }

    @Test
    void a_call_that_is_refused_is_made_once_more_with_a_new_token() {
        List<String> carried = new ArrayList<>();
        String answer = login.pushing(
                auth -> {
                    carried.add(auth.getPassword());
                    return "unauthorized: authentication required";
                },
                Refusal::isWhy);
        assertThat(answer).startsWith("unauthorized");
        assertThat(carried).hasSize(2).doesNotHaveDuplicates();
        assertThat(exchanged()).isEqualTo(2);
    }

    @Test
    void who_was_refused_with_an_older_token_has_the_one_that_was_fetched_since() {
        String older = pushed(login);
        login.pushing(_ -> "denied", Refusal::isWhy);
        List<String> carried = new ArrayList<>();
        login.pushing(auth -> carried.add(auth.getPassword()), _ -> false);
        assertThat(carried).doesNotContain(older);
        assertThat(exchanged()).isEqualTo(2);
    }

    @Test
    void tokens_that_were_taken_back_are_exchanged_anew() {
        assertThat(pulled(login, "shop/web")).isNotEmpty();
        registry.takeBackTokens();
        assertThat(pulled(login, "shop/api")).isNotEmpty();
        assertThat(exchanged()).isEqualTo(2);
    }

    @Test
    void a_registry_that_is_busy_or_broken_for_a_moment_is_asked_again() {
        registry.mishap(Mishap.tooMany());
        registry.mishap(Mishap.broken());
        assertThat(pushed(login)).isNotEmpty();
        assertThat(exchanged()).isEqualTo(3);
    }

    @Test
    void a_registry_that_wants_to_be_asked_much_later_is_not_waited_for() {
        registry.mishap(new Mishap.Refused(429, "TOOMANYREQUESTS", "Later.", 3600));
        NoRegistryLogin failure = catchThrowableOfType(NoRegistryLogin.class, () -> pushed(login));
        assertThat(failure.reason()).isEqualTo(Reason.AWAY);
        assertThat(failure).hasMessageContaining(registry.address()).hasMessageContaining("answers 429");
        assertThat(exchanged()).isOne();
    }

    @Test
    void an_identity_that_the_registry_does_not_let_in_is_told_the_role_it_needs() {
        NoRegistryLogin failure = catchThrowableOfType(NoRegistryLogin.class, () -> pushed(loginAs("another's token")));
        assertThat(failure.reason()).isEqualTo(Reason.NOT_LET_IN);
        assertThat(failure).hasMessageContaining("answers 401").hasMessageContaining("AcrPush");
        assertThat(failure.getMessage()).doesNotContain("another's token");
    }

    @Test
    void where_nobody_says_who_we_are_the_failure_names_the_identity() {
        TokenCredential away = _ -> Mono.error(new IllegalStateException("169.254.169.254 does not answer"));
        RegistryLogin nobody = new AzureSignIn(() -> away, CLOCK, registry.trust()).registry(registry.address());
        NoRegistryLogin failure = catchThrowableOfType(NoRegistryLogin.class, () -> pushed(nobody));
        assertThat(failure.reason()).isEqualTo(Reason.NO_IDENTITY);
        assertThat(failure)
                .hasMessageContaining("169.254.169.254 does not answer")
                .hasMessageContaining("managed identity");
        assertThat(exchanged()).isZero();
    }

    @Test
    void a_registry_that_is_away_is_named() {
        TokenCredential identity = _ -> Mono.just(new AccessToken("any", OffsetDateTime.MAX));
        RegistryLogin nowhere = new AzureSignIn(() -> identity, CLOCK, registry.trust()).registry("127.0.0.1:1");
        NoRegistryLogin failure = catchThrowableOfType(NoRegistryLogin.class, () -> pushed(nowhere));
        assertThat(failure.reason()).isEqualTo(Reason.AWAY);
        assertThat(failure).hasMessageContaining("127.0.0.1:1").hasMessageContaining("does not answer");
    }

    @Test
    void nothing_that_is_printed_holds_a_token() {
        String token = pushed(login);
        assertThat(login.toString()).isEqualTo("AcrLogin[registry=%s]".formatted(registry.address()));
        assertThat(Token.of(token, START).toString()).doesNotContain(token);
        assertThat(RegistryLogin.of("here", "gantry", "secret").toString()).doesNotContain("secret");
    }
}
