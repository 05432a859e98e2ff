package io.gantry.deployer.leg;

/**
 * One service's way through one request.
 *
 * @param epoch counts its changes; whoever saves one names the epoch it started from
 */
public record Leg(Order order, Stage stage, long epoch) {
    public LegId id() {
        return order.id();
    }

    Transition on(Input input, Moment moment) {
        return stage.on(input, order, moment);
    }

    boolean isFinal() {
        return stage instanceof Ended;
    }
}
