package io.gantry.monitoring.unit;

import org.jspecify.annotations.Nullable;

/**
 * What the signs say of a unit.
 *
 * @param detail a sentence: why
 */
public record Verdict(UnitState state, @Nullable String detail) {
    public static final Verdict UP = new Verdict(UnitState.UP, null);

    public static Verdict suspect(String detail) {
        return new Verdict(UnitState.SUSPECT, detail);
    }

    public static Verdict down(String detail) {
        return new Verdict(UnitState.DOWN, detail);
    }

    public static Verdict unknown(String detail) {
        return new Verdict(UnitState.UNKNOWN, detail);
    }
}
