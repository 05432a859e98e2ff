package io.gantry.acceptance.crash;

/** @param rule its name in the page of faults, or a sentence */
record Violation(String rule, String what) {
    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
