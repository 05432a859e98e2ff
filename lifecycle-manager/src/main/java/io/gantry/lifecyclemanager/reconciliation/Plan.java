package io.gantry.lifecyclemanager.reconciliation;

import java.util.List;

/**
 * What is to be done now, and what has to wait.
 *
 * @param steps for one machine one after the other, in this order
 * @param waitsFor sentences
 * @param refused those of them that nobody tries again until the fleet is told anew
 * @param handsOver another lifecycle manager is to act, as this one's own container must be replaced or removed
 */
record Plan(List<Step> steps, List<String> waitsFor, List<String> refused, boolean handsOver) {
    Plan {
        steps = List.copyOf(steps);
        waitsFor = List.copyOf(waitsFor);
        refused = List.copyOf(refused);
    }

    /** All is as it is to be. */
    boolean settled() {
        return steps.isEmpty() && waitsFor.isEmpty() && !handsOver;
    }
}
