package io.gantry.deployer.leg;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.deployer.ServiceState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Final: nothing changes it any more. */
public sealed interface Ended extends Stage {
    ServiceState state();

    default @Nullable Image image() {
        return null;
    }

    default @Nullable Failure failure() {
        return null;
    }

    /** Whether it is another end than the one that was asked for. */
    default boolean givenUp() {
        return false;
    }

    /** The end that follows from this one where instances could not be removed. */
    default Ended leaving(List<String> behind) {
        return this;
    }

    @Override
    default Transition on(Input input, Order order, Moment moment) {
        return unchanged();
    }

    @Override
    default Status status() {
        Failure failure = failure();
        return new Status(state(), failure == null ? null : failure.message());
    }

    @Override
    default Instant due(Order order) {
        return Instant.MAX;
    }

    record Built(Image image) implements Ended {
        @Override
        public ServiceState state() {
            return ServiceState.BUILT;
        }
    }

    record Running(Image image) implements Ended {
        @Override
        public ServiceState state() {
            return ServiceState.RUNNING;
        }
    }

    record Stopped() implements Ended {
        @Override
        public ServiceState state() {
            return ServiceState.STOPPED;
        }

        @Override
        public Ended leaving(List<String> behind) {
            return behind.isEmpty()
                    ? this
                    : new Failed(Failure.of(
                            FailureKind.EXTERNAL,
                            "NOT_REMOVED",
                            "Not every instance could be removed; the rest goes when its node answers again: "
                                    + String.join("; ", behind)));
        }
    }

    record Failed(Failure failure) implements Ended {
        @Override
        public ServiceState state() {
            return ServiceState.FAILED;
        }

        @Override
        public boolean givenUp() {
            return true;
        }
    }

    record Cancelled() implements Ended {
        @Override
        public ServiceState state() {
            return ServiceState.CANCELLED;
        }

        @Override
        public boolean givenUp() {
            return true;
        }
    }

    record TimedOut(Failure failure) implements Ended {
        @Override
        public ServiceState state() {
            return ServiceState.TIMED_OUT;
        }

        @Override
        public boolean givenUp() {
            return true;
        }
    }
}
