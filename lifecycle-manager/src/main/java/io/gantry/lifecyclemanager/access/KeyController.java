package io.gantry.lifecyclemanager.access;

import io.gantry.contract.fleet.ApiKey.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** API keys, for operators. A key itself is told once, to whoever asked for it. */
@RestController
@RequestMapping("/api/v1/keys")
class KeyController {
    private static final Lifetime USUAL = Lifetime.parse("90d");

    private final Keys keys;
    private final KeyTable table;
    private final InstantSource clock;

    KeyController(Keys keys, KeyTable table, InstantSource clock) {
        this.keys = keys;
        this.table = table;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<Made> make(@RequestBody @Valid Wanted wanted) {
        Lifetime lifetime = wanted.expiresIn() == null ? USUAL : wanted.expiresIn();
        Keys.Drawn drawn = keys.make(wanted.name(), wanted.role(), lifetime.value());
        return ResponseEntity.created(URI.create("/api/v1/keys/" + drawn.text().id()))
                .cacheControl(CacheControl.noStore())
                .body(Made.of(drawn));
    }

    @GetMapping
    Listed list() {
        Instant now = clock.instant();
        return new Listed(table.all().stream().map(kept -> Shown.of(kept, now)).toList());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String id) {
        keys.revoke(id);
    }

    /**
     * @param name whose it is to be
     * @param expiresIn 90d where it is left out
     */
    record Wanted(
            @NotNull(message = "has to be said: whose key it is to be")
            @Pattern(regexp = "\\P{C}{1,100}", message = "is 1 to 100 characters in one line")
            String name,

            @NotNull(message = "has to be said: DEVELOPER or OPERATOR")
            Role role,

            @Nullable Lifetime expiresIn) {}

    /** @param key the key itself */
    record Made(String id, String name, Role role, Instant createdAt, Instant expiresAt, String key) {
        static Made of(Keys.Drawn drawn) {
            var key = drawn.kept().key();
            return new Made(
                    key.id(),
                    key.name(),
                    key.role(),
                    drawn.kept().createdAt(),
                    key.expiresAt(),
                    drawn.text().text());
        }

        /** The key stays out of logs. */
        @Override
        public String toString() {
            return "Made[%s]".formatted(id);
        }
    }

    record Listed(List<Shown> keys) {}

    record Shown(String id, String name, Role role, Instant createdAt, Instant expiresAt, State state) {
        enum State {
            VALID,
            EXPIRED
        }

        static Shown of(KeptKey kept, Instant now) {
            var key = kept.key();
            return new Shown(
                    key.id(),
                    key.name(),
                    key.role(),
                    kept.createdAt(),
                    key.expiresAt(),
                    kept.isValid(now) ? State.VALID : State.EXPIRED);
        }
    }
}
