package io.gantry.loadbalancer.scaling;

import java.util.List;

/** What is to be done about the number of instances, and why. */
sealed interface Verdict {
    String reason();

    /** Leave it. */
    record Hold(String reason) implements Verdict {}

    /** Ask for so many, one command each. */
    record Change(Direction direction, int instances, String reason) implements Verdict {}

    /** Take back what has been asked for. */
    record TakeBack(List<Action> actions, String reason) implements Verdict {}
}
