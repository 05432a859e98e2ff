package io.gantry.monitoring.watch;

import io.gantry.messaging.Tokens;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose turn it is to ask and to judge: several monitors would contradict one another. By the database's clock, and
 * a turn that would last longer than turns do has ended: that clock was set back since.
 */
@Component
class Turn {
    private static final Duration LASTS = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final String me;

    Turn(JdbcClient jdbc, Tokens tokens) {
        this.jdbc = jdbc;
        this.me = tokens.next();
    }

    /** @return whether it is ours, for some seconds from now on */
    boolean take() {
        return jdbc.sql("""
                        insert into watcher (holder, until) values (:me, now() + make_interval(secs => :seconds))
                        on conflict (one) do update set holder = excluded.holder, until = excluded.until
                        where watcher.holder = excluded.holder
                            or watcher.until not between now() and now() + make_interval(secs => :seconds)""").param("me", me).param("seconds", LASTS.toSeconds()).update() == 1;
    }
}
