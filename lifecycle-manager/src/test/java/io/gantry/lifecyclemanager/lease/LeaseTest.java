package io.gantry.lifecyclemanager.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.messaging.Tokens;
import io.gantry.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two lifecycle managers with one database, each with a time of its own. */
class LeaseTest {
    private static final LeaseSettings LONG =
            new LeaseSettings(Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final LeaseSettings SHORT =
            new LeaseSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    private static final Set<Thread.State> WAITS_OR_IS_DONE = EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED);

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
    private final DriverManagerDataSource database = connect();
    private final JdbcClient jdbc = JdbcClient.create(database);

    private static DriverManagerDataSource connect() {
        TestDatabase made = TestDatabase.create();
        return new DriverManagerDataSource(made.url(), made.user(), made.password());
    }

    @BeforeEach
    void makeTheTable() {
        jdbc.sql("create table lease (holder text, fencing bigint, until timestamptz)")
                .update();
        jdbc.sql("insert into lease values ('', 0, '-infinity')").update();
        jdbc.sql("create table written (fencing bigint)").update();
    }

    private Lease manager(LeaseSettings settings) {
        return manager(settings, time::get);
    }

    private Lease manager(LeaseSettings settings, Ticker ticker) {
        return new Lease(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new Tokens(new SecureRandom()),
                settings,
                ticker);
    }

    /** As if the lease had lasted until now. */
    private void end() {
        jdbc.sql("update lease set until = now()").update();
    }

    private void write(Lease lease, long fencing) {
        lease.fenced(fencing, () -> {
            jdbc.sql("insert into written values (?)").param(fencing).update();
        });
    }

    @Test
    void one_of_two_acts_and_goes_on_with_its_number() {
        Lease one = manager(LONG);
        Lease two = manager(LONG);
        assertThat(one.take()).isTrue();
        assertThat(two.take()).isFalse();
        assertThat(one.held()).hasValue(1);
        assertThat(two.held()).isEmpty();
        assertThat(one.take()).isTrue();
        assertThat(one.held()).hasValue(1);
    }

    @Test
    void one_that_falls_asleep_in_the_middle_of_a_write_is_replaced_all_the_same() {
        Lease one = manager(SHORT);
        Lease two = manager(SHORT);
        one.take();

        assertThatThrownBy(() -> one.fenced(1, () -> {
                    await("The other one").until(two::take);
                    jdbc.sql("insert into written values (1)").update();
                }))
                .isInstanceOf(DataAccessResourceFailureException.class);

        assertThat(jdbc.sql("select count(*) from written").query(Long.class).single())
                .isZero();
    }

    @Test
    void a_holder_that_could_not_renew_stops_before_another_may_begin() {
        Lease one = manager(LONG);
        one.take();
        time.addAndGet(Duration.ofMinutes(7).toNanos());
        assertThat(one.held()).isPresent();
        time.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(one.held()).isEmpty();
        assertThat(manager(LONG).take()).isFalse();
    }

    @Test
    void who_slept_through_its_end_can_write_nothing() {
        Lease one = manager(LONG);
        Lease two = manager(LONG);
        one.take();
        write(one, 1);
        end();
        assertThat(two.take()).isTrue();
        assertThat(two.held()).hasValue(2);
        assertThat(one.held()).as("its own time stood still").hasValue(1);
        assertThatThrownBy(() -> write(one, 1)).isInstanceOf(LeaseLost.class);
        write(two, 2);
        assertThat(jdbc.sql("select fencing from written").query(Long.class).list())
                .containsExactly(1L, 2L);
    }

    @Test
    void who_takes_its_own_lease_again_after_its_end_begins_anew() {
        Lease one = manager(LONG);
        one.take();
        end();
        assertThat(one.take()).isTrue();
        assertThat(one.held()).hasValue(2);
    }

    @Test
    void one_that_died_before_the_databases_clock_was_set_back_by_an_hour_is_succeeded() {
        Lease one = manager(LONG);
        one.take();
        jdbc.sql("update lease set until = until + interval '1 hour'").update();
        Lease two = manager(LONG);
        assertThat(two.take()).isTrue();
        assertThatThrownBy(() -> write(one, 1)).as("should it live").isInstanceOf(LeaseLost.class);
        write(two, 2);
        assertThat(one.take()).isFalse();
    }

    @Test
    void one_whose_end_came_with_a_leap_of_the_databases_clock_can_write_nothing_for_the_number_that_it_had() {
        Lease one = manager(LONG);
        one.take();
        jdbc.sql("update lease set until = until - interval '1 hour'").update();
        assertThat(manager(LONG).take()).isTrue();
        assertThat(one.held()).as("for all it knows").hasValue(1);
        assertThatThrownBy(() -> write(one, 1)).isInstanceOf(LeaseLost.class);
    }

    @Test
    void one_that_is_handed_over_is_taken_at_once_and_not_taken_back() {
        Lease one = manager(LONG);
        one.take();
        one.handOver(Duration.ofSeconds(30));
        assertThat(one.held()).isEmpty();
        assertThat(one.take()).isFalse();
        assertThat(manager(LONG).take()).isTrue();
        time.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(one.take()).as("it is another's now").isFalse();
    }

    @Test
    void one_that_is_handed_over_while_it_is_renewed_is_not_held_after_that() throws InterruptedException {
        AtomicReference<Runnable> onceWritten = new AtomicReference<>(() -> {});
        AtomicInteger reads = new AtomicInteger();
        Lease one = manager(LONG, () -> {
            if (reads.incrementAndGet() == 2) {
                onceWritten.get().run();
            }
            return time.get();
        });
        one.take();
        Thread handing = Thread.ofPlatform().unstarted(() -> one.handOver(Duration.ofSeconds(30)));
        onceWritten.set(() -> {
            handing.start();
            await().until(() -> WAITS_OR_IS_DONE.contains(handing.getState()));
        });
        reads.set(0);
        one.take();
        handing.join();
        assertThat(one.held()).isEmpty();
        Lease two = manager(LONG);
        assertThat(two.take()).isTrue();
        assertThat(two.held()).hasValue(2);
    }

    @Test
    void it_is_known_for_how_long_the_database_has_not_answered() {
        Lease one = manager(LONG);
        time.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(one.sinceContact()).hasSeconds(11);
        one.take();
        assertThat(one.sinceContact()).isZero();
    }
}
