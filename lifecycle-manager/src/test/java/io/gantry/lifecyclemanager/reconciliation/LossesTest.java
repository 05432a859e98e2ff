package io.gantry.lifecyclemanager.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final Sight ANSWERS = new Sight.Running(Map.of(), 0);
    private static final Sight SILENT = new Sight.Silent("vm-2 says nothing", false, false);
    private static final Sight GREETS = new Sight.Silent("vm-2 has no engine", true, true);

    private long now;
    private final Losses losses = new Losses(settings(), () -> now);

    private static OwnSettings settings() {
        var reconciliation = new OwnSettings.Reconciliation(
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(4),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
        return new OwnSettings(
                "vm-1",
                "",
                Path.of("none"),
                new OwnSettings.Access(new OwnSettings.FirstKey("", "")),
                new OwnSettings.Provision(null, "", null, null),
                reconciliation);
    }

    private Set<String> lostAt(int seconds, Sight sight) {
        now = Duration.ofSeconds(seconds).toNanos();
        return losses.lost(Map.of("vm-1", ANSWERS, "vm-2", sight), Set.of());
    }

    private Set<String> ownLostAt(int seconds) {
        now = Duration.ofSeconds(seconds).toNanos();
        return losses.lost(Map.of("vm-1", SILENT, "vm-2", ANSWERS), Set.of());
    }

    private Set<String> lostWhileOffAt(int seconds) {
        now = Duration.ofSeconds(seconds).toNanos();
        return losses.lost(Map.of("vm-1", ANSWERS), Set.of("vm-2"));
    }

    @Test
    void one_that_is_silent_is_lost_after_a_while() {
        assertThat(lostAt(0, SILENT)).isEmpty();
        assertThat(lostAt(9, SILENT)).isEmpty();
        assertThat(lostAt(10, SILENT)).containsExactly("vm-2");
        assertThat(lostAt(11, ANSWERS)).isEmpty();
    }

    @Test
    void our_own_lives_and_is_given_longer_though_it_does_not_greet() {
        assertThat(ownLostAt(0)).isEmpty();
        assertThat(ownLostAt(29)).isEmpty();
        assertThat(ownLostAt(30)).containsExactly("vm-1");
    }

    @Test
    void one_that_was_heard_meanwhile_begins_anew() {
        lostAt(0, SILENT);
        lostAt(6, ANSWERS);
        assertThat(lostAt(12, SILENT)).isEmpty();
    }

    @Test
    void one_that_greets_is_given_longer() {
        lostAt(0, GREETS);
        assertThat(lostAt(29, GREETS)).isEmpty();
        assertThat(lostAt(30, GREETS)).containsExactly("vm-2");
    }

    @Test
    void a_greeting_ends_the_silence_of_the_machine_but_not_of_its_engine() {
        lostAt(0, SILENT);
        lostAt(8, GREETS);
        assertThat(lostAt(12, SILENT)).isEmpty();
        assertThat(lostAt(30, GREETS)).containsExactly("vm-2");
    }

    @Test
    void one_that_is_off_is_silent_though_nobody_asks_it() {
        assertThat(lostWhileOffAt(0)).isEmpty();
        assertThat(lostWhileOffAt(10)).containsExactly("vm-2");
        assertThat(lostAt(11, SILENT)).containsExactly("vm-2");
        assertThat(lostAt(12, ANSWERS)).isEmpty();
    }

    @Test
    void whoever_begins_to_act_begins_to_count() {
        lostAt(0, SILENT);
        losses.forget();
        assertThat(lostAt(10, SILENT)).isEmpty();
    }
}
