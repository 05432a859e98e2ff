package io.gantry.bootstrapper.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.backup.Manifest;
import io.gantry.bootstrapper.fleet.Restoring.Allowed;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.machines.platform.CentralDatabase.State;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database that holds data is not replaced by mistake. */
class RestoringTest {
    private static final Manifest BACKUP = new Manifest(
            "this-one", "shop", "0.1.0", Instant.EPOCH, new Manifest.Database(1, Map.of("scheduler", "1")));
    private static final Manifest WITHOUT_DATABASE = new Manifest("this-one", "shop", "0.1.0", Instant.EPOCH, null);

    private static final State EMPTY = new State(1, Map.of(), "");
    private static final State WITH_DATA = new State(1, Map.of("scheduler", "1", "deployer", "2"), "another-one");
    private static final State RESTORED = new State(1, Map.of("scheduler", "1"), "this-one");

    private static final Allowed NOTHING = new Allowed(false, false);
    private static final Allowed KEEPING = new Allowed(true, false);
    private static final Allowed FORCED = new Allowed(false, true);

    @Test
    void data_that_is_there_is_in_the_way_and_what_can_be_done_is_said() {
        assertThatThrownBy(() -> NOTHING.require(BACKUP, WITH_DATA))
                .isInstanceOf(GaveUpException.class)
                .hasMessage("The fleet's database is there, with data of deployer, scheduler");
    }

    @Test
    void an_empty_one_is_filled_and_one_that_was_restored_from_the_same_backup_is_gone_on_with() {
        assertThatCode(() -> NOTHING.require(BACKUP, EMPTY)).doesNotThrowAnyException();
        assertThatCode(() -> NOTHING.require(BACKUP, RESTORED)).doesNotThrowAnyException();
        assertThat(NOTHING.isDone(BACKUP, RESTORED)).isTrue();
        assertThat(NOTHING.isDone(BACKUP, EMPTY)).isFalse();
        assertThat(FORCED.isDone(BACKUP, RESTORED)).isFalse();
    }

    @Test
    void what_is_kept_or_is_elsewhere_is_in_nobodys_way() {
        assertThatCode(() -> KEEPING.require(BACKUP, WITH_DATA)).doesNotThrowAnyException();
        assertThatCode(() -> FORCED.require(BACKUP, WITH_DATA)).doesNotThrowAnyException();
        assertThatCode(() -> NOTHING.require(WITHOUT_DATABASE, WITH_DATA)).doesNotThrowAnyException();
    }
}
