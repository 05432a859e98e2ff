package io.gantry.deployer.request;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The requests as they are stored. */
@Component
class RequestTable {
    private final JdbcClient jdbc;

    RequestTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Unfinished(AppName app, Mode mode) {}

    /** @return false if a request with this token is there already */
    boolean insert(DeploymentToken token, AppName app, Mode mode, Instant deadline, Instant now) {
        return jdbc.sql("""
                        insert into request (token, app, mode, deadline, accepted_at) values (?, ?, ?, ?, ?)
                        on conflict (token) do nothing""")
                        .params(
                                token.value(),
                                app.value(),
                                mode.name(),
                                deadline.atOffset(ZoneOffset.UTC),
                                now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Nobody else finishes it until the transaction ends. */
    Optional<Unfinished> lockUnfinished(DeploymentToken token) {
        return jdbc.sql("select app, mode from request where token = ? and outcome is null for update")
                .param(token.value())
                .query((row, index) ->
                        new Unfinished(new AppName(row.getString("app")), Mode.valueOf(row.getString("mode"))))
                .optional();
    }

    boolean isFinished(DeploymentToken token) {
        return jdbc.sql("select exists (select from request where token = ? and outcome is not null)")
                .param(token.value())
                .query(Boolean.class)
                .single();
    }

    void finish(DeploymentToken token, Outcome outcome, Instant now) {
        jdbc.sql("update request set outcome = ?, finished_at = ? where token = ?")
                .params(outcome.name(), now.atOffset(ZoneOffset.UTC), token.value())
                .update();
    }
}
