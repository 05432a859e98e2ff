package io.gantry.monitoring.unit;

/**
 * What was known of an instance until the service registry spoke.
 *
 * @param word what the registry said before
 * @param hung whether it is down because it does not answer
 */
record Known(UnitState word, UnitState state, boolean hung) {
    /** The registry sees containers, not answers: that one which is hung runs is no news of it, nor is anything said again. */
    UnitState on(UnitState said) {
        if (said == word) {
            return state;
        }
        return said == UnitState.UP && hung ? UnitState.DOWN : said;
    }
}
