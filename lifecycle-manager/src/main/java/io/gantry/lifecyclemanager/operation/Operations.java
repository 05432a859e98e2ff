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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    Operations(JdbcClient jdbc, JsonMapper json, Outbox outbox) {
        this.jdbc = jdbc;
        this.json = json;
        this.outbox = outbox;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(Operation operation, DeployerCommand command) {
        jdbc.sql("""
                        insert into operation (token, kind, what, requested_at, deadline)
                        values (:token, :kind, :what, :requested, :deadline)""")
                .param("token", operation.token().value())
                .param("kind", operation.kind().name())
                .param("what", operation.what())
                .param("requested", operation.requestedAt().atOffset(ZoneOffset.UTC))
                .param("deadline", operation.deadline().atOffset(ZoneOffset.UTC))
                .update();
        outbox.send(Topics.DEPLOYER_COMMANDS, command.app().value(), command);
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
        OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new Operation(
                new DeploymentToken(row.getString("token")),
                Operation.Kind.valueOf(row.getString("kind")),
                row.getString("what"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getObject("deadline", OffsetDateTime.class).toInstant(),
                finishedAt == null ? null : finishedAt.toInstant(),
                outcome == null ? null : Outcome.valueOf(outcome),
                failure == null ? null : json.readValue(failure, Failure.class));
    }
}
