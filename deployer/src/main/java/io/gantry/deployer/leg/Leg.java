package io.gantry.deployer.leg;

import org.jspecify.annotations.Nullable;

/**
 * One service's way through one request.
 *
 * @param epoch counts its changes; whoever saves one names the epoch it started from
 */
public record Leg(Order order, Stage stage, long epoch) {
    public static Leg begin(Order order) {
        return new Leg(order, new Queued(), 0);
    }

    public LegId id() {
        return order.id();
    }

    public Transition on(Input input, Moment moment) {
        return stage.on(input, order, moment);
    }

    public Leg at(Stage next) {
        return new Leg(order, next, epoch);
    }

    /** The version it is about: the one that was named, else the one that runs. */
    public @Nullable Integer version() {
        if (order.release() != null) {
            return order.release().version();
        }
        return switch (stage) {
            case RollingOut rollingOut -> rollingOut.image().version();
            case Retiring retiring -> version(retiring.end());
            case Ended ended -> version(ended);
            default -> null;
        };
    }

    private static @Nullable Integer version(Ended ended) {
        return ended.image() == null ? null : ended.image().version();
    }
}
