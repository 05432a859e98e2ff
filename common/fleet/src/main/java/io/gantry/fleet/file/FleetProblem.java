package io.gantry.fleet.file;

import java.util.Comparator;

/**
 * One thing that is wrong with a fleet.yaml.
 *
 * @param line of the field, counted from 1
 * @param column counted from 1
 * @param pointer to the field, as in RFC 6901: {@code /machines/0/size}; empty: the whole file
 * @param message a sentence that says what would be right
 */
public record FleetProblem(int line, int column, String pointer, String message) implements Comparable<FleetProblem> {
    private static final Comparator<FleetProblem> IN_ORDER_OF_LINES = Comparator.comparingInt(FleetProblem::line)
            .thenComparingInt(FleetProblem::column)
            .thenComparing(FleetProblem::pointer);

    @Override
    public int compareTo(FleetProblem other) {
        return IN_ORDER_OF_LINES.compare(this, other);
    }
}
