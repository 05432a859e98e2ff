package io.gantry.benchmarks.measure;

import java.util.List;

/**
 * What one benchmark found.
 *
 * @param notes what to know when reading the rows, a sentence each
 */
public record Figures(List<Row> rows, List<String> notes) {
    public Figures {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }
}
