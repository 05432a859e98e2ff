package io.gantry.benchmarks.build;

import io.gantry.benchmarks.engine.Since;
import io.gantry.benchmarks.platform.Api;
import io.gantry.benchmarks.platform.App;
import io.gantry.benchmarks.platform.Deployment;
import io.gantry.benchmarks.platform.Steps;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Gantry's side: uploads, which are not timed, and builds, which are. */
final class Builds {
    private final Api api;
    private final App app;
    private final InstantSource clock;
    private final List<Double> inside = new ArrayList<>();
    private Steps steps = new Steps();

    Builds(Api api, App app, InstantSource clock) {
        this.api = api;
        this.app = app;
        this.clock = clock;
    }

    int upload(SampleSource source) throws IOException, InterruptedException {
        return api.upload(app, source.zip());
    }

    /** @return milliseconds from the request to the news of its success */
    double build(int version) throws IOException, InterruptedException {
        Since request = Since.now(clock);
        Deployment ended = api.awaitEnd(api.request("BUILD", app, version)).succeeded();
        double millis = request.millisTo(clock.instant());
        steps.add(ended);
        inside.add(new Since(ended.requestedAt()).millisTo(Objects.requireNonNull(ended.finishedAt())));
        return millis;
    }

    String dockerfile(int version) throws IOException, InterruptedException {
        return api.dockerfile(app, version);
    }

    /** By the platform's own clock, without the way to the client and back: milliseconds of the last so many builds. */
    List<Double> lastInside(int builds) {
        return inside.subList(inside.size() - builds, inside.size());
    }

    /** Where the time of the builds since the last asking went. */
    String account() {
        Steps asked = steps;
        steps = new Steps();
        return asked.sentence();
    }
}
