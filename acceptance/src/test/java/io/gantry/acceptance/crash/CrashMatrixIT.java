package io.gantry.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.crash.CrashingPlatform.Away;
import io.gantry.acceptance.driver.Answer;
import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.ConstantRequests;
import io.gantry.acceptance.driver.Mode;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CrashMatrixIT {
    private static final int AT_ONCE = Integer.getInteger("gantry.crash.at-once", 5);

    /** Longer than the broker has patience with its listeners. */
    private static final Duration SHORT_OUTAGE = Duration.ofSeconds(15);

    private static final Diary DIARY = new Diary();
    private static final Map<Point, Future<?>> CASES = new LinkedHashMap<>();
    private static final ExecutorService THREADS =
            Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory());

    private static CrashingPlatform platform;

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        platform = CrashingPlatform.start(
                List.of(CrashingPlatform.DEPLOYER, CrashingPlatform.LIFECYCLE_MANAGER, CrashingPlatform.MONITORING));
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

    @Test
    @Order(4)
    void without_the_broker_apps_serve_and_what_is_asked_for_is_done_when_it_is_back() throws Exception {
        Developer serving = serving("broker");
        Developer asking = asking("broker");
        String token;
        try (var visitors = ConstantRequests.to(serving.app().url())) {
            try (Away _ = platform.without("kafka")) {
                token = asking.begins(Mode.BUILD_AND_RUN, Set.of("SUCCEEDED"));
                visitors.keepAsking(lasts(Duration.ofMinutes(2)));
            }
            asksUntilDone(asking, token, "broker");
            assertThat(visitors.failures()).isEmpty();
        }
        assertThat(violations()).isEmpty();
    }

    @Test
    @Order(5)
    void without_the_database_apps_serve_and_who_asks_is_told_when_to_ask_again() throws Exception {
        Developer serving = serving("database");
        Developer asking = asking("database");
        String token = asking.begins(Mode.BUILD_AND_RUN, Set.of("SUCCEEDED"));
        try (var visitors = ConstantRequests.to(serving.app().url())) {
            try (Away _ = platform.without("postgres")) {
                questions(serving.app()).forEach(CrashMatrixIT::isRefused);
                visitors.keepAsking(lasts(Duration.ofMinutes(1)));
            }
            asksUntilDone(asking, token, "database");
            assertThat(visitors.failures()).isEmpty();
        }
        assertThat(violations()).isEmpty();
    }

    private static Developer serving(String without) {
        var developer = new Developer(platform, "serves-" + without, DIARY);
        developer.runs(Hello.WORLD);
        return developer;
    }

    private static Developer asking(String without) {
        var developer = new Developer(platform, "asks-" + without, DIARY);
        developer.uploads(Hello.WORLD);
        return developer;
    }

    private static Duration lasts(Duration inTheWholeMatrix) {
        return System.getProperty("gantry.crash", "").equals("all") ? inTheWholeMatrix : SHORT_OUTAGE;
    }

    private static void asksUntilDone(Developer developer, String token, String without) {
        long back = System.nanoTime();
        developer.ended(token);
        DIARY.wants(developer.app().name(), 1);
        System.out.printf(
                "outage: from the %s's return to the end of what waited for it %d s%n",
                without, Duration.ofNanos(System.nanoTime() - back).toSeconds());
    }

    /** One for each service, which only its tables could answer. */
    private static List<URI> questions(App app) {
        return List.of(
                platform.at(0, "/api/v1/keys"),
                app.at("/deployments"),
                platform.at(2, "/api/v1/requests"),
                platform.at(3, "/api/v1/decisions?app=" + app.name()),
                platform.at(4, "/api/v1/instances"),
                platform.at(5, "/api/v1/incidents"));
    }

    private static void isRefused(URI question) {
        Answer answer = Rest.get(question).expect(503);
        assertThat(answer.headers().firstValue("Retry-After"))
                .as("%s", question)
                .isPresent();
    }

    private static List<Violation> violations() throws IOException, SQLException {
        return new Recovery(platform).violations(DIARY.history(), world -> world);
    }
}
