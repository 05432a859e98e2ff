package io.gantry.fleet.file;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Where something stands in a text; both are counted from 1. */
record Place(int line, int column) {
    static final Place START = new Place(1, 1);

    static Place of(Optional<Mark> mark) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(START);
    }

    static Place of(String text, int index) {
        String before = text.substring(0, Math.min(index, text.length()));
        int lines = (int) before.chars().filter(letter -> letter == '\n').count();
        return new Place(lines + 1, before.length() - before.lastIndexOf('\n'));
    }
}
