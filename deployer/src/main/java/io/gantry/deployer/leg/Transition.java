package io.gantry.deployer.leg;

import java.util.List;
import java.util.stream.Stream;

/** What a stage makes of an input: the next stage, and what is to be said, written down and done. Saved as one. */
public record Transition(Stage next, List<Effect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }

    public static Transition none(Stage stage) {
        return new Transition(stage, List.of());
    }

    static Transition to(Stage next, Effect... effects) {
        return new Transition(next, List.of(effects));
    }

    static Transition to(Stage next, List<Effect> effects) {
        return new Transition(next, effects);
    }

    /** Whether anything follows from it, for a leg that was in this stage. */
    public boolean isNothingTo(Stage before) {
        return next.equals(before) && effects.isEmpty();
    }

    /** These first, then what the transition brings anyway. */
    Transition after(Effect... earlier) {
        return after(List.of(earlier));
    }

    Transition after(List<Effect> earlier) {
        return new Transition(
                next, Stream.concat(earlier.stream(), effects.stream()).toList());
    }
}
