package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each step of a deployment, ended by the death of the process that takes it: the deployment goes on and ends as it would have. A
 * reduced matrix; {@code -Dgantry.crash=all} is the whole, {@code -Dgantry.crash=REGEX} those whose sentence fits.
 *
 * <p>Several cases are under way at a time, each with an app of its own: what one of them kills, all of them survive.
 */
@TestMethodOrder(OrderAnnotation.class)
class CrashMatrixIT {
    private static final int AT_ONCE = Integer.getInteger("gantry.crash.at-once", 5);

    private static final Diary DIARY = new Diary();
    private static final Map<Point, Future<?>> CASES = new LinkedHashMap<>();
    private static final ExecutorService THREADS =
            Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory());

    private static CrashingPlatform platform;

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        platform = CrashingPlatform.start(List.of(CrashingPlatform.DEPLOYER), "");
        for (Point point : points()) {
            String name = "case" + CASES.size();
            CASES.put(point, THREADS.submit(() -> new Case(platform, name, DIARY).of(point)));
        }
    }

    @AfterAll
    static void end() throws IOException {
        THREADS.shutdownNow();
        if (platform != null) {
            platform.close();
        }
    }

    static List<Point> points() {
        String chosen = System.getProperty("gantry.crash", "");
        return Points.all().stream()
                .filter(point -> switch (chosen) {
                    case "" -> point.always();
                    case "all" -> true;
                    default -> Pattern.compile(chosen).matcher(point.sentence()).find();
                })
                .toList();
    }

    @ParameterizedTest(name = "struck: {0}")
    @MethodSource("points")
    @Order(1)
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void nothing_is_lost_and_nothing_doubled_when_a_process_dies(Point point) throws Throwable {
        try {
            CASES.get(point).get();
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }

    @Test
    @Order(2)
    void when_all_is_over_nothing_is_left_over_anywhere() throws IOException, SQLException {
        assertThat(violations()).isEmpty();
    }

    @Test
    @Order(3)
    void all_that_was_said_is_said_once_more_and_nothing_changes() throws Exception {
        new Repeater(platform).sayEverythingAgain();

        assertThat(violations()).isEmpty();
    }

    private static List<Violation> violations() throws IOException, SQLException {
        return new Recovery(platform).violations(DIARY.history(), world -> world);
    }
}
