package io.gantry.acceptance.crash;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import io.gantry.acceptance.driver.Answer;
import io.gantry.acceptance.driver.App;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Deployment;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Mode;
import io.gantry.contract.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Has one app, asks for things until he is answered, and notes what he was told. */
final class Developer {
    /** Several may die on the way, one after the other, and a busy machine takes its time to start them again. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** Nobody was there to take the wish while it could be had: it is no wish then, and was none. */
    private static final int TIME_HAS_PASSED = 400;

    private final Gantry gantry;
    private final App app;
    private final Diary diary;
    private int asked;

    Developer(CrashingPlatform platform, String name, Diary diary) {
        this.gantry = new Gantry(platform);
        this.app = gantry.app(name);
        this.diary = diary;
    }

    App app() {
        return app;
    }

    void uploads(Bundle bundle) {
        Persistent.ask("An upload", () -> app.upload(bundle));
        diary.uploaded(new History.Uploaded(app.name(), Sha256.of(bundle.zip())));
    }

    /** Each time that nobody answers him, he asks for another grant. */
    void uploadsDirectly(Bundle bundle) {
        Persistent.ask("An upload straight to the storage", () -> app.uploadDirectly(bundle));
        diary.uploaded(new History.Uploaded(app.name(), Sha256.of(bundle.zip())));
    }

    /** It is to end well. */
    Deployment deploys(Mode mode) {
        return asks(mode, Set.of("SUCCEEDED"));
    }

    /** With a key: who is not answered, because the scheduler died over it, asks for the same once more. */
    private Deployment asks(Mode mode, Set<String> mayEnd) {
        return ended(begins(mode, mayEnd));
    }

    /** @return the token; what becomes of it is not waited for */
    String begins(Mode mode, Set<String> mayEnd) {
        String key = "ask-" + asked++;
        Deployment begun = Persistent.ask(
                "A request",
                () -> app.order(Map.of("mode", mode), "Idempotency-Key", key)
                        .expect(202)
                        .as(Deployment.class));
        diary.asked(new History.Asked(app.name(), begun.token(), mayEnd));
        return begun.token();
    }

    Deployment ended(String token) {
        return await("The end of " + token)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> gantry.deployment(token), Deployment::isFinal);
    }

    void runs(Bundle bundle) {
        uploads(bundle);
        deploys(Mode.BUILD_AND_RUN);
        diary.wantsAsManyAsBefore(app.name());
    }

    /** The bundle goes straight to the storage. */
    void runsFromStorage(Bundle bundle) {
        uploadsDirectly(bundle);
        deploys(Mode.BUILD_AND_RUN);
        diary.wantsAsManyAsBefore(app.name());
    }

    /** What it uploaded last. */
    void runsAgain() {
        deploys(Mode.RUN);
        diary.wantsAsManyAsBefore(app.name());
    }

    void stops() {
        deploys(Mode.STOP);
        diary.wants(app.name(), 0);
    }

    void scales(int instances) {
        Persistent.ask("A request to scale", () -> app.scale(instances).expect(202));
        diary.wants(app.name(), instances);
        await("%d instances of %s".formatted(instances, app.name()))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> app.instances().size() == instances);
    }

    /** Another container in place of the one; who is not answered asks again, and then it is the third. */
    void restarts() {
        String token = Persistent.ask(
                        "A request to restart",
                        () -> app.restart(App.APP_SERVER).expect(202).json())
                .path("token")
                .asString();
        await("Another instance of " + app.name())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> app.instances().size() == 1
                        && app.instances().getFirst().path("id").asString().contains(token));
    }

    /** No room is for another container: the one is stopped and started. */
    void restartsInPlace() {
        Container running = Engine.HERE.runningContainersOf(app).getFirst();
        Instant before = Engine.HERE.startOf(running);
        Persistent.ask("A request to restart", () -> app.restart(App.APP_SERVER).expect(202));
        await("Another start of " + app.name())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> app.instances().size() == 1
                        && Engine.HERE.startOf(running).isAfter(before));
    }

    /** The container ends by itself; the same one is to run again. Returns once that was noticed. */
    void losesItsContainer() {
        Engine.HERE.runningContainersOf(app).forEach(Engine.HERE::kill);
        await("An incident of " + app.name())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> !app.incidents().isEmpty());
    }

    /** A run of the newest version, soon. */
    void plans(Duration in) {
        var wish = new AtomicReference<>(wish(in));
        String id = Persistent.ask("A schedule", () -> {
            Answer answer = app.plan(
                    Map.of("mode", Mode.RUN, "at", wish.get().due().toString()),
                    "Idempotency-Key",
                    wish.get().key());
            if (answer.status() == TIME_HAS_PASSED) {
                wish.set(wish(in));
            }
            return answer.expect(201).json().path("id").asString();
        });
        Instant due = wish.get().due();
        diary.planned(new History.Planned(app.name(), id, due));
        String token = await("The run of " + id)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> app.schedule(id).runs().getFirst().deployment(), Objects::nonNull);
        ended(token);
        diary.wantsAsManyAsBefore(app.name());
    }

    /** The same again has the same key. */
    private record Wish(Instant due, String key) {}

    private Wish wish(Duration in) {
        return new Wish(Instant.now().plus(in), "plan-" + asked++);
    }

    /** What the app's end users get. */
    String answer() {
        return Persistent.ask("An answer of " + app.name(), app::answer);
    }
}
