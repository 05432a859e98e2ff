package io.gantry.acceptance.crash;

import static io.gantry.acceptance.crash.CrashingPlatform.DEPLOYER;
import static io.gantry.acceptance.crash.CrashingPlatform.LIFECYCLE_MANAGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.crash.Failpoints.Armed;
import io.gantry.acceptance.crash.Failpoints.Broken;
import io.gantry.acceptance.crash.woven.Rule;
import io.gantry.acceptance.crash.woven.Strike;
import io.gantry.acceptance.driver.Mode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The harness itself: what {@link CrashMatrixIT} finds well, the checker finds broken once the product breaks a rule. Each rule is
 * kept first, so that it is the rule and nothing else that makes the difference. Not among all tests, but with the whole matrix.
 */
@Timeout(900)
class BrokenRules {
    private static final Duration TO_BE_STRUCK = Duration.ofMinutes(2);

    private static final Duration TO_RECOVER = Duration.ofMinutes(4);

    /** Some times as long as recovery takes; what is broken for so long stays so. */
    private static final Duration TO_STAY_BROKEN = Duration.ofSeconds(20);

    private static CrashingPlatform platform;

    private final Diary diary = new Diary();

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        platform = CrashingPlatform.start(List.of(DEPLOYER, LIFECYCLE_MANAGER));
    }

    @AfterAll
    static void end() throws IOException {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void without_the_inbox_what_is_gone_is_entered_again() throws Exception {
        var developer = new Developer(platform, "again", diary);
        Story.STOP.prepare(developer);
        Story.STOP.tell(developer);
        new Repeater(platform).sayEverythingAgain();
        assertThat(violationsOf(developer, TO_RECOVER)).as("with the inbox").isEmpty();

        try (Broken _ = platform.failpoints().broken(Rule.INBOX)) {
            new Repeater(platform).sayEverythingAgain();
        }

        assertThat(violationsOf(developer, TO_STAY_BROKEN))
                .extracting(Violation::rule)
                .contains("I3");
    }

    @Test
    void acknowledged_before_the_commit_a_command_is_lost_with_the_process() throws Exception {
        var kept = new Developer(platform, "kept", diary);
        kept.uploads(Hello.WORLD);
        kept.ended(beginsAndIsStruck(kept));
        assertThat(requests(kept)).as("committed before it is acknowledged").hasSize(1);

        var lost = new Developer(platform, "lost", diary);
        lost.uploads(Hello.WORLD);
        try (Broken _ = platform.failpoints().broken(Rule.COMMIT_FIRST)) {
            beginsAndIsStruck(lost);
        }
        new Hearing(platform.kafka()).awaitAllHeard(List.of("deployer.commands"));

        assertThat(requests(lost)).as("what Kafka has told of").isEmpty();
        assertThat(violationsOf(lost, TO_STAY_BROKEN))
                .extracting(Violation::rule)
                .contains("I1");
    }

    /** A deployer dies over the command, after it has recorded it and before the commit. */
    private static String beginsAndIsStruck(Developer developer) throws IOException {
        Armed armed = platform.failpoints()
                .arm(Points.COMMAND_RECORDED.strike(developer.app().name()));
        String token = developer.begins(Mode.BUILD_AND_RUN, Set.of("SUCCEEDED"));
        assertThat(armed.strikeWithin(TO_BE_STRUCK)).as("struck").isPresent();
        return token;
    }

    private static List<World.Request> requests(Developer developer) throws SQLException {
        String app = developer.app().name();
        try (Tables tables = new Tables(platform.databaseUrl())) {
            return tables.requests().stream()
                    .filter(request -> request.app().equals(app))
                    .toList();
        }
    }

    @Test
    void under_another_name_at_each_try_an_instance_serves_twice() throws Exception {
        var once = new Developer(platform, "once", diary);
        runsAndIsStruck(once);
        assertThat(violationsOf(once, TO_RECOVER)).as("under one name").isEmpty();

        var twice = new Developer(platform, "twice", diary);
        try (Broken _ = platform.failpoints().broken(Rule.ONE_NAME)) {
            runsAndIsStruck(twice);
        }

        assertThat(violationsOf(twice, TO_STAY_BROKEN))
                .extracting(Violation::rule)
                .contains("I2", "I6");
    }

    /** A deployer dies after it has started a container, before it records that. */
    private static void runsAndIsStruck(Developer developer) throws IOException {
        Armed armed = platform.failpoints()
                .arm(Points.CONTAINER_STARTED.strike(developer.app().name()));
        developer.runs(Hello.WORLD);
        assertThat(armed.strikeWithin(TO_BE_STRUCK)).as("struck").isPresent();
    }

    @Test
    void without_fencing_a_lifecycle_manager_that_was_replaced_goes_on() throws Exception {
        Fleet.tell(platform);
        sleepsThroughTheEndOfItsLease();
        await("What it did when it woke")
                .atMost(TO_RECOVER)
                .during(Duration.ofSeconds(3))
                .until(() -> fencing().isEmpty());

        try (Broken _ = platform.failpoints().broken(Rule.FENCING)) {
            sleepsThroughTheEndOfItsLease();
            await("What it did when it woke")
                    .atMost(TO_RECOVER)
                    .untilAsserted(() -> assertThat(fencing()).isNotEmpty());
        }
    }

    /** The one that acts stands still when it is about to take a step, and goes on when another has taken one. */
    private static void sleepsThroughTheEndOfItsLease() throws Exception {
        Strike asleep =
                new Strike(LIFECYCLE_MANAGER, Pattern.compile("^step "), "step", "BEFORE", 1, Strike.How.FREEZE);
        long pid = platform.failpoints().arm(asleep).strikeWithin(TO_BE_STRUCK).orElseThrow();
        long before = newestNumber();
        await("Another one").atMost(TO_BE_STRUCK).until(() -> newestNumber() > before);
        platform.process(pid).thaw();
    }

    private static long newestNumber() throws SQLException {
        return steps().stream().mapToLong(World.Step::fencing).max().orElse(0);
    }

    private static List<Violation> fencing() throws SQLException {
        return Invariants.broken(History.empty(), World.ofSteps(steps())).stream()
                .filter(violation -> violation.rule().equals("I5"))
                .toList();
    }

    private static List<World.Step> steps() throws SQLException {
        try (Tables tables = new Tables(platform.databaseUrl())) {
            return tables.steps();
        }
    }

    private List<Violation> violationsOf(Developer developer, Duration patience) throws IOException, SQLException {
        String app = developer.app().name();
        return new Recovery(platform, patience).violations(diary.history().of(app), world -> world.of(app));
    }
}
