package io.gantry.deployer.app;

import static org.awaitility.Awaitility.await;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.annotation.AfterTestMethod;

/**
 * What a test has begun ends before the next one begins, which would find its traces in what is pretended; and before what it left on a
 * real engine is removed there, which no two can do at a time.
 */
@TestComponent
public class Afterwards {
    private final OwnApp app;
    private final JdbcClient jdbc;

    Afterwards(OwnApp app, JdbcClient jdbc) {
        this.app = app;
        this.jdbc = jdbc;
    }

    @AfterTestMethod
    @Order(0)
    void awaitTheEnd() {
        await("The end of all that was begun for " + app).until(this::isAllOver);
    }

    private boolean isAllOver() {
        return jdbc.sql("""
                        select not exists (select from leg where app = :app and not ended)
                            and not exists (select from work where task_instance like :app || '/%')
                            and not exists (select from build_work where task_instance like :app || '/%')""")
                .param("app", app.name().value())
                .query(Boolean.class)
                .single();
    }
}
