package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** It will never serve. */
record Broken(Attempt attempt, @Nullable NodeId node, boolean registered, Failure failure) implements Candidate {
    @Override
    public Progress on(Input input, Course course) {
        return stays();
    }

    @Override
    public ServiceState state() {
        return ServiceState.FAILED;
    }

    @Override
    public Instant due() {
        return Instant.MAX;
    }

    @Override
    public @Nullable Leaver leaver() {
        return node == null ? null : Leaver.of(id(), node, attempt.access(), registered);
    }
}
