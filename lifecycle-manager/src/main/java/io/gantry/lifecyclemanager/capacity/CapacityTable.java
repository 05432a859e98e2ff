package io.gantry.lifecyclemanager.capacity;

import io.gantry.contract.placement.CapacityReport;
import io.gantry.lifecyclemanager.OnlyInFleet;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the load-balancer said last, and what followed from it. */
@Component
@OnlyInFleet
class CapacityTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    CapacityTable(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Only if it is newer than what was heard before; of what comes from the future, the clock was set back since. */
    void heard(CapacityReport report) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("update capacity set at = :at, report = :report::jsonb where at < :at or at > :now")
                .param("at", report.at().atOffset(ZoneOffset.UTC))
                .param("report", json.writeValueAsString(report))
                .param("now", now)
                .update();
    }

    Optional<CapacityReport> report() {
        return jdbc.sql("select report from capacity where report is not null")
                .query((row, _) -> json.readValue(row.getString("report"), CapacityReport.class))
                .optional();
    }

    String standing() {
        return jdbc.sql("select standing from capacity").query(String.class).single();
    }

    /** @param standing a sentence; empty: there are no pools */
    void stands(String standing) {
        jdbc.sql("update capacity set standing = :standing where standing <> :standing")
                .param("standing", standing)
                .update();
    }
}
