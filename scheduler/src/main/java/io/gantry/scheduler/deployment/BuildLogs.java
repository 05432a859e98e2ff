package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.scheduler.live.Changes;
import io.gantry.scheduler.stored.Columns;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** The logs of builds, as the deployer sends them. Of a build that started over, only the newest attempt is kept. */
@Component
public class BuildLogs {
    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Changes changes;

    BuildLogs(JdbcClient jdbc, Changes changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /**
     * Lines that came together.
     *
     * @param attempt counts from 1
     * @param firstLine number of the first of these lines, from 0
     */
    record Chunk(int attempt, int firstLine, List<String> lines) {
        int nextLine() {
            return firstLine + lines.size();
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void append(BuildLog log) {
        int attempt = attempt(log);
        if (log.firstLine() == 0) {
            forget(log.token(), log.service());
            attempt++;
        }
        jdbc.sql("""
                        insert into build_log (token, service, attempt, first_line, lines, last) values (?, ?, ?, ?, ?::jsonb, ?)
                        on conflict do nothing""")
                .param(log.token().value())
                .param(log.service().value())
                .param(attempt)
                .param(log.firstLine())
                .param(Columns.json(log.lines()))
                .param(Boolean.TRUE.equals(log.last()))
                .update();
        changes.announce(subject(log.token(), log.service()));
    }

    private int attempt(BuildLog log) {
        return jdbc.sql("select coalesce(max(attempt), 0) from build_log where token = ? and service = ?")
                .param(log.token().value())
                .param(log.service().value())
                .query(Integer.class)
                .single();
    }

    private void forget(DeploymentToken token, ServiceName service) {
        jdbc.sql("delete from build_log where token = ? and service = ?")
                .param(token.value())
                .param(service.value())
                .update();
    }

    /** Everything from a line on, in order; from the beginning of another attempt if there is one. */
    List<Chunk> after(DeploymentToken token, ServiceName service, int attempt, int firstLine) {
        return jdbc.sql("""
                        select attempt, first_line, lines from build_log
                        where token = ? and service = ? and (attempt > ? or first_line >= ?) and lines <> '[]'
                        order by attempt, first_line""")
                .param(token.value())
                .param(service.value())
                .param(attempt)
                .param(firstLine)
                .query((row, _) ->
                        new Chunk(row.getInt("attempt"), row.getInt("first_line"), Columns.json(row, "lines", LINES)))
                .list();
    }

    /** Whether the last line is there, as far as the builder has said which it is. */
    boolean isComplete(DeploymentToken token, ServiceName service) {
        return jdbc.sql("select exists (select from build_log where token = ? and service = ? and last)")
                .param(token.value())
                .param(service.value())
                .query(Boolean.class)
                .single();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(AppName app) {
        jdbc.sql("delete from build_log where token in (select token from deployment where app = ?)")
                .param(app.value())
                .update();
    }

    static String subject(DeploymentToken token, ServiceName service) {
        return "build-log/%s/%s".formatted(token, service);
    }
}
