package io.gantry.deployer.request;

import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.deployer.request.RequestView.LegView;
import io.gantry.deployer.request.RequestView.RequestState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RequestsController {
    private static final int AT_MOST = 100;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    RequestsController(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What the deployer works on, or was done with; the oldest of those under way first, of the others the newest. */
    @GetMapping("/api/v1/requests")
    List<RequestView> requests(@RequestParam(defaultValue = "RUNNING") RequestState state) {
        Instant now = clock.instant();
        String sql = state == RequestState.RUNNING
                ? "select * from request where outcome is null order by accepted_at limit :most"
                : "select * from request where outcome = :outcome order by finished_at desc limit :most";
        return jdbc.sql(sql)
                .param("outcome", state.name())
                .param("most", AT_MOST)
                .query((row, index) -> request(row, state, now))
                .list();
    }

    private RequestView request(ResultSet row, RequestState state, Instant now) throws SQLException {
        Instant acceptedAt = instant(row, "accepted_at");
        @Nullable OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        @Nullable Instant finishedAt = finished == null ? null : finished.toInstant();
        String token = row.getString("token");
        return new RequestView(
                token,
                row.getString("app"),
                Mode.valueOf(row.getString("mode")),
                state,
                acceptedAt,
                instant(row, "deadline"),
                finishedAt,
                Duration.between(acceptedAt, finishedAt == null ? now : finishedAt),
                legs(token, now));
    }

    private List<LegView> legs(String token, Instant now) {
        return jdbc.sql("""
                        select service, state, detail, changed_at, worked_by, coalesce(
                            (select max(consecutive_failures)
                             from (select task_instance, consecutive_failures from work
                                   union all select task_instance, consecutive_failures from build_work) as all_work
                             where task_instance like leg.app || '/' || leg.service || '/' || leg.token || '/%'), 0) as failed_tries
                        from leg where token = ? order by service""").param(token).query((row, index) -> leg(row, now)).list();
    }

    private static LegView leg(ResultSet row, Instant now) throws SQLException {
        Instant since = instant(row, "changed_at");
        return new LegView(
                row.getString("service"),
                ServiceState.valueOf(row.getString("state")),
                row.getString("detail"),
                since,
                Duration.between(since, now),
                row.getInt("failed_tries"),
                row.getString("worked_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
