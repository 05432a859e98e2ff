package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What dies or hangs comes back; what dies again and again is left down. */
@WithGantry
class HealingIT {
    private static final System.Logger LOG = System.getLogger(HealingIT.class.getName());
    private static final Duration BACK = Duration.ofMinutes(2);
    private static final Duration GIVEN_UP = Duration.ofMinutes(3);
    private static final int SECONDS_TO_BE_SEEN_TO_RUN = 6;

    @Test
    void a_killed_instance_answers_again_at_the_same_address(Gantry gantry) {
        var app = gantry.app("killed");
        URI address = app.run(Bundle.ofExample("hello-python")).url();
        var container = Engine.HERE.containersOf(app).getFirst();

        long killed = System.nanoTime();
        Engine.HERE.kill(container);
        await("An answer at the same address")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .atMost(BACK)
                .until(() -> Rest.get(address).status() == 200);
        Duration back = Duration.ofNanos(System.nanoTime() - killed);
        LOG.log(System.Logger.Level.INFO, "Killed to answering again: {0} ms", back.toMillis());

        assertThat(Engine.HERE.containersOf(app))
                .singleElement()
                .satisfies(again -> assertThat(again.getId()).isEqualTo(container.getId()));
        await("An incident that is over, or nearly so")
                .atMost(BACK)
                .untilAsserted(() -> assertThat(app.incidents())
                        .singleElement()
                        .satisfies(incident ->
                                assertThat(incident.path("state").asString()).isIn("SETTLING", "CLOSED")));
        await().untilAsserted(() -> assertThat(app.url()).isEqualTo(address));
    }

    @Test
    void a_hung_instance_is_stopped_and_answers_again_at_the_same_address(Gantry gantry) {
        var app = gantry.app("hung");
        URI address = app.run(hangingWhenAsked()).url();
        var container = Engine.HERE.containersOf(app).getFirst();

        long hung = System.nanoTime();
        Rest.get(address.resolve("/hang")).expect(200);
        await("An incident").atMost(BACK).until(() -> app.incidents().size() == 1);
        await("An answer at the same address")
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .atMost(BACK)
                .until(() -> Rest.get(address).status() == 200);
        Duration back = Duration.ofNanos(System.nanoTime() - hung);
        LOG.log(System.Logger.Level.INFO, "Hung to answering again: {0} ms", back.toMillis());

        await("An incident that is over, or nearly so")
                .atMost(BACK)
                .untilAsserted(() -> assertThat(app.incidents()).singleElement().satisfies(incident -> {
                    assertThat(incident.path("state").asString()).isIn("SETTLING", "CLOSED");
                    assertThat(incident.path("attempts").asInt()).isEqualTo(1);
                    assertThat(incident.path("history").get(0).path("what").asString())
                            .contains("it does not answer");
                }));
        assertThat(Engine.HERE.containersOf(app))
                .singleElement()
                .satisfies(again -> assertThat(again.getId()).isEqualTo(container.getId()));
        await().untilAsserted(() -> assertThat(app.url()).isEqualTo(address));
    }

    @Test
    void what_goes_down_as_often_as_it_is_brought_back_is_left_down(Gantry gantry) {
        var app = gantry.app("looping");
        app.run(dyingAfterSeconds(SECONDS_TO_BE_SEEN_TO_RUN));

        await("A crash loop").atMost(GIVEN_UP).until(() -> state(app).equals("CRASH_LOOP"));

        assertThat(app.incidents()).hasSize(1);
        assertThat(Engine.HERE.runningContainersOf(app)).isEmpty();
        assertThat(Engine.HERE.containersOf(app)).hasSize(1);
    }

    /** It takes connections, and answers nobody any more; nor does it end when it is told to. */
    private static Bundle hangingWhenAsked() {
        return Bundle.ofExample("hello-python")
                .replacing("app.py", "if self.path == \"/\":", """
                        if self.path == "/hang":
                                    Hello.hung = True
                                    return self.answer(200, "Good night")
                                while getattr(Hello, "hung", False):
                                    __import__("time").sleep(1)
                                if self.path == "/":""")
                .replacing(
                        "app.py", "lambda *_: sys.exit(0)", "lambda *_: getattr(Hello, 'hung', False) or sys.exit(0)")
                .with("config.json", """
                        {"name": "app-server", "runtime": "python", "command": ["python3", "app.py"], "port": 8000,
                         "health": {"path": "/healthz", "timeout": "1s", "gracePeriod": "20s"}, "stop": {"timeout": "2s"}}""");
    }

    private static Bundle dyingAfterSeconds(int seconds) {
        return Bundle.ofExample("hello-python").replacing("app.py", "signal.signal", """
                        __import__('threading').Timer(%d, lambda: __import__('os')._exit(3)).start()
                        signal.signal""".formatted(seconds));
    }

    private static String state(App app) {
        return app.incidents().stream()
                .findFirst()
                .map(incident -> incident.path("state").asString())
                .orElse("none");
    }
}
