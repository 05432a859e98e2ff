package io.gantry.monitoring.alert;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.gantry.messaging.Tokens;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Raises alerts: with the decision that makes one necessary, or not at all. */
@Component
public class Alerts {
    private static final Logger log = LoggerFactory.getLogger(Alerts.class);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ObjectProvider<Scheduler> work;
    private final Tokens tokens;
    private final AlertSettings settings;
    private final InstantSource clock;

    Alerts(
            JdbcClient jdbc,
            JsonMapper json,
            ObjectProvider<Scheduler> work,
            Tokens tokens,
            AlertSettings settings,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.work = work;
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void raise(Alert alert) {
        log.warn("{}", alert.message());
        String id = tokens.next();
        jdbc.sql("insert into alert (id, raised_at, body) values (?, ?, ?)")
                .params(id, alert.at().atOffset(ZoneOffset.UTC), json.writeValueAsString(alert))
                .update();
        if (settings.webhook() != null) {
            work.getObject().schedule(AlertPosting.TASK.instance(id).build(), clock.instant());
        }
    }
}
