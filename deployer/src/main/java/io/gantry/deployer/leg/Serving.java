package io.gantry.deployer.leg;

import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** It serves. A job has run to its end, and needs its place no longer. */
record Serving(Started started) implements Candidate {
    static Progress begin(Started started, Course course) {
        Serving serving = new Serving(started);
        Entry stands = new Entry.InstanceStands(serving.standing(course.image()));
        return course.image().isJob()
                ? Progress.to(serving, stands, started.attempt().release(course.leg()))
                : Progress.to(serving, stands);
    }

    Standing standing(Image image) {
        return new Standing(started.at(), image.version(), started.attempt().access(), started.startedAt(), true);
    }

    @Override
    public Progress on(Input input, Course course) {
        return stays();
    }

    @Override
    public Attempt attempt() {
        return started.attempt();
    }

    @Override
    public ServiceState state() {
        return ServiceState.RUNNING;
    }

    @Override
    public Instant due() {
        return Instant.MAX;
    }

    @Override
    public Leaver leaver() {
        return started.leaver(true);
    }
}
