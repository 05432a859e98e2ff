package io.gantry.deployer.request;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.healing.Fault;
import io.gantry.deployer.ledger.Json;
import io.gantry.deployer.leg.Ended;
import io.gantry.deployer.leg.Leg;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Order;
import io.gantry.deployer.leg.Stage;
import io.gantry.deployer.leg.Status;
import io.gantry.deployer.work.DeployerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The legs as they are stored. */
@Component
class LegTable {
    private final JdbcClient jdbc;
    private final Json json;
    private final DeployerName self;

    LegTable(JdbcClient jdbc, Json json, DeployerName self) {
        this.jdbc = jdbc;
        this.json = json;
        this.self = self;
    }

    /**
     * Until the transaction ends, nobody else changes a leg of this service. Everything that changes legs asks for their
     * lanes first, in the order of their names.
     */
    void lockLane(AppName app, ServiceName service) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema || '.lane.' || ? || '/' || ?, 0))")
                .params(app.value(), service.value())
                .query((row, index) -> true)
                .single();
    }

    /** @param trace what asked for it, as {@code traceparent} */
    void insert(Leg leg, Instant now, @Nullable String trace) {
        Order order = leg.order();
        jdbc.sql("""
                        insert into leg (token, app, service, mode, release, instance, fault, deadline, stage, state, detail, ended,
                                         due_at, worked_by, trace_parent, state_since, epoch, began_at, changed_at)
                        values (:token, :app, :service, :mode, :release::jsonb, :instance, :fault, :deadline, :stage::jsonb, :state,
                                :detail, :ended, :due, :self, :trace, :now, :epoch, :now, :now)""")
                .param("token", order.id().token().value())
                .param("app", order.id().app().value())
                .param("service", order.id().service().value())
                .param("mode", order.mode().name())
                .param("release", order.release() == null ? null : json.write(order.release()))
                .param(
                        "instance",
                        order.instance() == null ? null : order.instance().value())
                .param("fault", order.fault() == null ? null : order.fault().name())
                .param("deadline", order.deadline().atOffset(ZoneOffset.UTC))
                .params(stageColumns(leg))
                .param("trace", trace)
                .param("epoch", leg.epoch())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * A state that is entered is this deployer's to begin with.
     *
     * @param leg with the epoch it was read with
     */
    void update(Leg leg, Instant now) {
        int updated = jdbc.sql("""
                        update leg set stage = :stage::jsonb, state = :state, detail = :detail, ended = :ended,
                                       worked_by = case when state = :state then worked_by else :self end,
                                       state_since = case when state = :state then state_since else :now end,
                                       tries = case when state = :state then tries else 1 end,
                                       due_at = :due, epoch = epoch + 1, changed_at = :now
                        where token = :token and service = :service and epoch = :epoch""")
                .params(stageColumns(leg))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("token", leg.id().token().value())
                .param("service", leg.id().service().value())
                .param("epoch", leg.epoch())
                .update();
        if (updated == 0) {
            throw new OptimisticLockingFailureException("Someone else changed " + leg.id());
        }
    }

    /** @return the leg, if it is news that it is this deployer which works on the step, and for this time */
    Optional<Leg> attend(LegId id, ServiceState step, DeployerName by, int tries) {
        return jdbc.sql("""
                        update leg set worked_by = :by, tries = greatest(tries, :tries)
                        where token = :token and service = :service and state = :step and not ended
                              and (worked_by <> :by or tries < :tries)
                        returning *""")
                .param("by", by.value())
                .param("tries", tries)
                .param("token", id.token().value())
                .param("service", id.service().value())
                .param("step", step.name())
                .query(this::leg)
                .optional();
    }

    private Map<String, @Nullable Object> stageColumns(Leg leg) {
        Status status = leg.stage().status();
        boolean ended = leg.stage() instanceof Ended;
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("stage", json.write(leg.stage()));
        columns.put("state", status.state().name());
        columns.put("detail", status.detail());
        columns.put("ended", ended);
        columns.put("self", self.value());
        columns.put("due", ended ? null : leg.stage().due(leg.order()).atOffset(ZoneOffset.UTC));
        return columns;
    }

    Optional<Leg> find(LegId id) {
        return jdbc.sql("select * from leg where token = ? and service = ?")
                .params(id.token().value(), id.service().value())
                .query(this::leg)
                .optional();
    }

    /** @param since when it is in its state */
    record Track(@Nullable String trace, Instant since) {}

    Optional<Track> track(LegId id) {
        return jdbc.sql("select trace_parent, state_since from leg where token = ? and service = ?")
                .params(id.token().value(), id.service().value())
                .query((row, index) -> new Track(
                        row.getString("trace_parent"),
                        row.getObject("state_since", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** In the order in which lanes are taken, however the database sorts texts. */
    List<Leg> of(DeploymentToken token) {
        return jdbc.sql("select * from leg where token = ? order by service collate \"C\"")
                .param(token.value())
                .query(this::leg)
                .list();
    }

    List<LegId> ids(DeploymentToken token) {
        return jdbc.sql("select app, service, token from leg where token = ?")
                .param(token.value())
                .query(LegTable::id)
                .list();
    }

    /** The unfinished legs of a service, in the order they were asked for. */
    List<Leg> lane(AppName app, ServiceName service) {
        return jdbc.sql("select * from leg where app = ? and service = ? and not ended order by number")
                .params(app.value(), service.value())
                .query(this::leg)
                .list();
    }

    List<LegId> due(Instant now) {
        return jdbc.sql(
                        "select app, service, token from leg where not ended and due_at <= ? order by due_at limit 1000")
                .param(now.atOffset(ZoneOffset.UTC))
                .query(LegTable::id)
                .list();
    }

    private Leg leg(ResultSet row, int index) throws SQLException {
        String release = row.getString("release");
        String instance = row.getString("instance");
        String fault = row.getString("fault");
        Order order = new Order(
                id(row, index),
                Mode.valueOf(row.getString("mode")),
                release == null ? null : json.read(release, Release.class),
                instance == null ? null : new InstanceId(instance),
                fault == null ? null : Fault.valueOf(fault),
                row.getObject("deadline", OffsetDateTime.class).toInstant());
        return new Leg(order, json.read(row.getString("stage"), Stage.class), row.getLong("epoch"));
    }

    private static LegId id(ResultSet row, int index) throws SQLException {
        return new LegId(
                new AppName(row.getString("app")),
                new ServiceName(row.getString("service")),
                new DeploymentToken(row.getString("token")));
    }
}
