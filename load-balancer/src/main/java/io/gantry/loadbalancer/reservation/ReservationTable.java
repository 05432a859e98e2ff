package io.gantry.loadbalancer.reservation;

import io.gantry.contract.AccessToken;
import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.placement.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reservations in the database: one an instance, the last one. */
@Component
class ReservationTable {
    private final JdbcClient jdbc;

    ReservationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(Reservation reservation, long revision) {
        jdbc.sql("""
                insert into reservation (instance, access_token, app, service, node, milli_cpus, memory,
                                         state, changed_at, expires_at, revision)
                values (:instance, :accessToken, :app, :service, :node, :milliCpus, :memory,
                        :state, :changedAt, :expiresAt, :revision)
                on conflict (instance) do update set
                    access_token = excluded.access_token, app = excluded.app, service = excluded.service,
                    node = excluded.node, milli_cpus = excluded.milli_cpus, memory = excluded.memory,
                    state = excluded.state, changed_at = excluded.changed_at, expires_at = excluded.expires_at,
                    revision = excluded.revision""")
                .param("instance", reservation.instance().value())
                .param("accessToken", text(reservation.accessToken()))
                .param("app", reservation.service().app().value())
                .param("service", reservation.service().service().value())
                .param("node", reservation.node().value())
                .param("milliCpus", reservation.share().milliCpus())
                .param("memory", reservation.share().memory())
                .param("state", reservation.state().name())
                .param("changedAt", utc(reservation.changedAt()))
                .param("expiresAt", utc(reservation.expiresAt()))
                .param("revision", revision)
                .update();
    }

    Optional<Reservation> find(InstanceId instance) {
        return jdbc.sql("select * from reservation where instance = ?")
                .param(instance.value())
                .query(ReservationTable::reservation)
                .optional();
    }

    void changedAfter(long revision, Consumer<Reservation> each) {
        jdbc.sql("select * from reservation where revision > ?")
                .param(revision)
                .withFetchSize(10_000)
                .query((RowCallbackHandler) row -> each.accept(reservation(row, 0)));
    }

    List<Reservation> held(AppName app) {
        return jdbc.sql("select * from reservation where state = 'HELD' and app = ?")
                .param(app.value())
                .query(ReservationTable::reservation)
                .list();
    }

    boolean hasSettled(ServiceId service) {
        return jdbc.sql("""
                        select exists (
                            select from reservation where app = ? and service = ? and state in ('RESERVED', 'IN_USE'))""")
                .params(service.app().value(), service.service().value())
                .query(Boolean.class)
                .single();
    }

    List<Reservation> overdue(Instant now) {
        return jdbc.sql(
                        "select * from reservation where state in ('HELD', 'RESERVED') and expires_at <= ? order by expires_at")
                .param(utc(now))
                .query(ReservationTable::reservation)
                .list();
    }

    void forgetEnded(Instant before) {
        jdbc.sql("""
                delete from reservation
                where state in ('RELEASED', 'GONE', 'EXPIRED') and changed_at < ?""").param(utc(before)).update();
    }

    private static Reservation reservation(ResultSet row, int index) throws SQLException {
        String accessToken = row.getString("access_token");
        return new Reservation(
                new InstanceId(row.getString("instance")),
                accessToken == null ? null : new AccessToken(accessToken),
                new ServiceId(new AppName(row.getString("app")), new ServiceName(row.getString("service"))),
                new NodeId(row.getString("node")),
                new Share(row.getLong("milli_cpus"), row.getLong("memory")),
                Reservation.State.valueOf(row.getString("state")),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("expires_at", OffsetDateTime.class)));
    }

    private static @Nullable String text(@Nullable AccessToken token) {
        return token == null ? null : token.value();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
