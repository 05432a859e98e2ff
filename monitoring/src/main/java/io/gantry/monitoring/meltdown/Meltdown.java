package io.gantry.monitoring.meltdown;

import io.gantry.monitoring.alert.Alert;
import io.gantry.monitoring.alert.Alerts;
import io.gantry.monitoring.unit.Units;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether there is a meltdown. It is over when not so much went down lately, or when the operator says so. */
@Component
public class Meltdown {
    private final JdbcClient jdbc;
    private final Units units;
    private final Alerts alerts;
    private final MeltdownGuard guard;
    private final InstantSource clock;

    Meltdown(JdbcClient jdbc, Units units, Alerts alerts, MeltdownGuard guard, InstantSource clock) {
        this.jdbc = jdbc;
        this.units = units;
        this.alerts = alerts;
        this.guard = guard;
        this.clock = clock;
    }

    /** Since when there is one. */
    public Optional<Instant> since() {
        return jdbc.sql("select began_at from meltdown where over_at is null")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Looks whether one begins or is over. */
    @Transactional
    public void look() {
        Instant now = clock.instant();
        int fallen = units.fallenAfter(later(now.minus(guard.within()), lastOver()));
        boolean isMeltdown = guard.isMeltdown(fallen, units.count());
        if (isMeltdown && begin(now)) {
            alerts.raise(Alert.meltdown(
                    now,
                    "%d of %d units went down within %d minutes: nothing is healed until that is over, or you say so (POST /api/v1/meltdown/over)."
                            .formatted(fallen, units.count(), guard.within().toMinutes())));
        } else if (!isMeltdown) {
            over();
        }
    }

    /** What went down until now counts no longer. */
    @Transactional
    public void over() {
        jdbc.sql("update meltdown set over_at = ? where over_at is null")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @return false if there is one already */
    private boolean begin(Instant now) {
        return jdbc.sql("insert into meltdown (began_at) values (?) on conflict do nothing")
                        .param(now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private Instant lastOver() {
        return jdbc.sql("select max(over_at) from meltdown")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant)
                .orElse(Instant.EPOCH);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
