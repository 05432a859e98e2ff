package io.gantry.deployer.leg;

import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;

/** It serves. A job has run to its end, and needs its place no longer. */
record Serving(Started started) implements Candidate {
    static Progress begin(Started started, Course course) {
        Entry stands = new Entry.InstanceStands(new Standing(
                started.at(), course.image().version(), started.attempt().access(), started.startedAt(), true));
        Serving serving = new Serving(started);
        return course.image().isJob()
                ? Progress.to(serving, stands, started.attempt().release(course.leg()))
                : Progress.to(serving, stands);
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
