package io.gantry.lifecyclemanager.operation;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What was asked for, kept. Entry and command go together, or not at all. */
@Component
public class Operations {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;

    Operations(JdbcClient jdbc, JsonMapper json, Outbox outbox, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.outbox = outbox;
        this.events = events;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(Operation operation, DeployerCommand command) {
        begin(operation);
        outbox.send(Topics.DEPLOYER_COMMANDS, command.app().value(), command);
    }

    /** What the lifecycle manager does itself. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(Operation operation) {
        jdbc.sql("""
                        insert into operation (token, kind, what, requested_at, deadline)
                        values (:token, :kind, :what, :requested, :deadline)""")
                .param("token", operation.token().value())
                .param("kind", operation.kind().name())
                .param("what", operation.what())
                .param("requested", operation.requestedAt().atOffset(ZoneOffset.UTC))
                .param("deadline", operation.deadline().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Those of some kinds that are not over, the oldest first. */
    public List<Operation> open(Set<Operation.Kind> kinds) {
        return jdbc.sql("select * from operation where finished_at is null and kind in (:kinds) order by requested_at")
                .param("kinds", kinds.stream().map(Enum::name).toList())
                .query(this::operation)
                .list();
    }

    /** What those of a kind are about that are not over, or ended later than {@code since}. */
    public Set<String> recent(Operation.Kind kind, Instant since) {
        return jdbc.sql("select what from operation where kind = ? and (finished_at is null or finished_at > ?)")
                .params(kind.name(), since.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .set();
    }

    /** @return false if it was begun before: by one who did not end it */
    public boolean take(DeploymentToken token, Instant now) {
        return jdbc.sql("update operation set begun_at = ? where token = ? and begun_at is null")
                        .params(now.atOffset(ZoneOffset.UTC), token.value())
                        .update()
                == 1;
    }

    /** All is done, by whoever may end now: whoever acts waits until it shows. */
    public void done(DeploymentToken token, Instant now) {
        jdbc.sql("update operation set awaited_since = ? where token = ?")
                .params(now.atOffset(ZoneOffset.UTC), token.value())
                .update();
    }

    /** @param failure none if it succeeded */
    @Transactional
    public void finish(DeploymentToken token, Outcome outcome, @Nullable Failure failure, Instant now) {
        jdbc.sql("""
                        update operation set finished_at = :at, outcome = :outcome, failure = :failure::jsonb
                        where token = :token and finished_at is null returning *""")
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("outcome", outcome.name())
                .param("failure", failure == null ? null : json.writeValueAsString(failure))
                .param("token", token.value())
                .query(this::operation)
                .optional()
                .ifPresent(operation -> events.publishEvent(new Operation.Ended(operation)));
    }

    /** @return the operation that this is the answer to; none if somebody else asked */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Operation> finish(DeployerEvent.Finished answer) {
        Failure failure = answer.services().stream()
                .map(ServiceReport::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return jdbc.sql("""
                        update operation set finished_at = :at, outcome = :outcome, failure = :failure::jsonb
                        where token = :token and finished_at is null returning *""")
                .param("at", answer.at().atOffset(ZoneOffset.UTC))
                .param("outcome", answer.outcome().name())
                .param("failure", failure == null ? null : json.writeValueAsString(failure))
                .param("token", answer.token().value())
                .query(this::operation)
                .optional();
    }

    Optional<Operation> find(DeploymentToken token) {
        return jdbc.sql("select * from operation where token = ?")
                .param(token.value())
                .query(this::operation)
                .optional();
    }

    private Operation operation(ResultSet row, int index) throws SQLException {
        @Nullable String outcome = row.getString("outcome");
        @Nullable String failure = row.getString("failure");
        return new Operation(
                new DeploymentToken(row.getString("token")),
                Operation.Kind.valueOf(row.getString("kind")),
                row.getString("what"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getObject("deadline", OffsetDateTime.class).toInstant(),
                instant(row, "awaited_since"),
                instant(row, "finished_at"),
                outcome == null ? null : Outcome.valueOf(outcome),
                failure == null ? null : json.readValue(failure, Failure.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
