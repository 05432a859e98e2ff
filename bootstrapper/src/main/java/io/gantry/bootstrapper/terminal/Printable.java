package io.gantry.bootstrapper.terminal;

import java.util.function.IntPredicate;

/**
 * Text from elsewhere, so that it can't steer the terminal: control characters as Java and JSON write them. In a JSON text, where
 * they stand in strings only, they mean the same.
 */
public final class Printable {
    private Printable() {}

    /** On one line. */
    public static String line(String text) {
        return escaped(text, Character::isISOControl);
    }

    /** Line ends stay. */
    public static String text(String text) {
        return escaped(text, character -> Character.isISOControl(character) && character != '\n');
    }

    private static String escaped(String text, IntPredicate escaping) {
        if (text.chars().noneMatch(escaping)) {
            return text;
        }
        var escaped = new StringBuilder();
        text.chars().forEach(character -> {
            if (escaping.test(character)) {
                escaped.append("\\u%04x".formatted(character));
            } else {
                escaped.append((char) character);
            }
        });
        return escaped.toString();
    }
}
