package io.gantry.deployer.work;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.tracing.Traces;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is to be done. It is put here in the transaction of the decision and begins right after the commit; whatever dies,
 * it is done at least once. Builds have an agenda of their own, so that nothing else ever waits behind one.
 */
@Component
public class Agenda {
    static final TaskDescriptor<Assignment> TASK = TaskDescriptor.of("work", Assignment.class);
    static final String BUILDS = "build_work";
    static final String REST = "work";

    private final JdbcClient jdbc;
    private final SchedulerClient builds;
    private final SchedulerClient rest;
    private final InstantSource clock;
    private final Traces traces;
    private volatile Runnable wake = () -> {};

    Agenda(DataSource database, JdbcClient jdbc, InstantSource clock, Traces traces) {
        this.jdbc = jdbc;
        DataSource inTransaction = new TransactionAwareDataSourceProxy(database);
        this.builds = client(inTransaction, BUILDS);
        this.rest = client(inTransaction, REST);
        this.clock = clock;
        this.traces = traces;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void add(LegId leg, List<Work> work) {
        List<TaskInstance<?>> toBuild = new ArrayList<>();
        List<TaskInstance<?>> toDo = new ArrayList<>();
        for (Work each : work) {
            Assignment assignment = new Assignment(leg, each, traces.here());
            TaskInstance<Assignment> instance = new TaskInstance<>(TASK.getTaskName(), assignment.key(), assignment);
            (each instanceof Work.BuildImage ? toBuild : toDo).add(instance);
        }
        builds.scheduleBatch(toBuild, clock.instant());
        rest.scheduleBatch(toDo, clock.instant());
        wakeAfterCommit();
    }

    /**
     * Whoever removes images of a service does so while none is being made: one that is built but not in the book yet would
     * be taken for one that nobody needs.
     *
     * @throws IllegalStateException while an image of the service is being built, pushed or tidied up after; try again
     */
    public void requireNoImageInTheMaking(LegId leg) {
        String service = leg.app() + "/" + leg.service() + "/";
        boolean making =
                jdbc.sql("""
                        select exists (select from build_work where starts_with(task_instance, :service))
                            or exists (select from work where starts_with(task_instance, :service)
                                                          and substring(task_instance from '[^/]+$') in ('push', 'tidy'))""").param("service", service).query(Boolean.class).single();
        if (making) {
            throw new IllegalStateException("An image of %s/%s is in the making".formatted(leg.app(), leg.service()));
        }
    }

    /** @param keys how the keys of the work begin that is asked about; not that of builds */
    public boolean holds(LegId leg, String keys) {
        return jdbc.sql("select exists (select from work where starts_with(task_instance, ?))")
                .param(leg + "/" + keys)
                .query(Boolean.class)
                .single();
    }

    /** @param wake called after each commit that put something here */
    void whenAdded(Runnable wake) {
        this.wake = wake;
    }

    private void wakeAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake.run();
            }
        });
    }

    private static SchedulerClient client(DataSource database, String table) {
        return SchedulerClient.Builder.create(database, List.of())
                .serializer(new WorkSerializer())
                .tableName(table)
                .build();
    }
}
