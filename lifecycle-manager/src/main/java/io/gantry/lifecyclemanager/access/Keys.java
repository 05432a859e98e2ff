package io.gantry.lifecyclemanager.access;

import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.ApiKey.Role;
import io.gantry.contract.fleet.KeyText;
import io.gantry.web.ProblemException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes and revokes keys. Somebody can always make another: the last operator's key is not revoked. */
@Component
@Transactional
class Keys {
    private final KeyTable table;
    private final AccessSettings settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Keys(KeyTable table, AccessSettings settings, InstantSource clock) {
        this.table = table;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param text what its holder is given, now or never */
    record Drawn(KeptKey kept, KeyText text) {}

    Drawn make(String name, Role role, Duration lifetime) {
        Instant now = now();
        KeyText text = KeyText.draw(random);
        ApiKey key = new ApiKey(text.id(), name, role, text.sha256(), now.plus(lifetime));
        table.enter(key, now);
        return new Drawn(new KeptKey(key, now), text);
    }

    void revoke(String id) {
        Instant now = now();
        List<KeptKey> all = table.allLocked();
        KeptKey revoked = all.stream()
                .filter(kept -> kept.key().id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("KEY_NOT_FOUND", "There is no API key %s.".formatted(id)));
        if (letsOperate(revoked, now)
                && all.stream().filter(kept -> letsOperate(kept, now)).count() == 1) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "LAST_OPERATOR_KEY",
                    "%s is the last operator's key: make another first, or nobody could ever.".formatted(id));
        }
        table.revoke(id, now);
    }

    /** At every start: a topic that was lost is filled anew. */
    void tellAll() {
        table.allLocked().forEach(kept -> table.tell(kept.key()));
    }

    /** Once: one that was entered before, or was revoked since, is left as it is. */
    void enterFirst() {
        AccessSettings.FirstKey first = settings.firstKey();
        if (first != null) {
            Instant now = now();
            Instant expiresAt = now.plus(first.expiresIn());
            table.enter(new ApiKey(first.id(), first.name(), Role.OPERATOR, first.sha256(), expiresAt), now);
        }
    }

    /** To the second: what is kept, told and shown is the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean letsOperate(KeptKey kept, Instant now) {
        return kept.key().role() == Role.OPERATOR && kept.isValid(now);
    }
}
