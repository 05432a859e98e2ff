package io.gantry.scheduler.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.gantry.testkit.TestDatabase;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class DueWorkTest {
    private static final TaskDescriptor<Void> TASK = TaskDescriptor.of("test");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final DataSource database = database();
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    private final Scheduler scheduler = Scheduler.create(
                    new TransactionAwareDataSourceProxy(database),
                    Tasks.oneTime(TASK).execute((_, _) -> {}))
            .build();
    private final DueWork work = new DueWork(
            new StaticListableBeanFactory(Map.of("scheduler", scheduler)).getBeanProvider(Scheduler.class), () -> NOW);

    @Test
    void it_is_looked_for_once_after_the_commit() {
        transaction.executeWithoutResult(_ -> {
            work.enter(TASK, "one");
            work.enter(TASK, "other");
            assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(1);
        });
        assertThat(scheduler.getScheduledExecutions()).hasSize(2);
    }

    private static DataSource database() {
        TestDatabase made = TestDatabase.create();
        var database = new DriverManagerDataSource(made.url(), made.user(), made.password());
        new ResourceDatabasePopulator(new ClassPathResource("db/scheduler/V1__scheduler.sql")).execute(database);
        return database;
    }
}
