package io.gantry.loadbalancer.reservation;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.placement.PlacementRequest.Place;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Requests that no node fits now, the one that has waited longest first. */
@Component
class WaitingLine {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    WaitingLine(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** An instance that is asked for again keeps its place in the line. */
    void join(Place place, Instant now) {
        jdbc.sql("""
                insert into waiting (instance, request, deadline, since)
                values (:instance, :request::jsonb, :deadline, :now)
                on conflict (instance) do update set request = excluded.request, deadline = excluded.deadline""")
                .param("instance", place.instance().value())
                .param("request", json.writeValueAsString(place))
                .param("deadline", place.deadline().atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void leave(InstanceId instance) {
        jdbc.sql("delete from waiting where instance = ?")
                .param(instance.value())
                .update();
    }

    void leave(InstanceId instance, AccessToken accessToken) {
        jdbc.sql("delete from waiting where instance = ? and request ->> 'accessToken' = ?")
                .param(instance.value())
                .param(accessToken.value())
                .update();
    }

    /** Nobody waits for an answer after the deadline. */
    void dismiss(Instant now) {
        jdbc.sql("delete from waiting where deadline <= ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean isEmpty() {
        return jdbc.sql("select not exists (select from waiting)")
                .query(Boolean.class)
                .single();
    }

    List<Place> all() {
        return withSince().stream().map(Waiting::place).toList();
    }

    List<Waiting> withSince() {
        return jdbc.sql("select request, since from waiting order by position")
                .query((row, index) -> new Waiting(
                        json.readValue(row.getString("request"), Place.class),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }
}
