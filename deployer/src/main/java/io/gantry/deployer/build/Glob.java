package io.gantry.deployer.build;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of a {@code .dockerignore}. A developer writes it, and the names that it is compared with: it is compared letter by
 * letter, never going back, as a regular expression would for ever with the right dozen of asterisks.
 */
final class Glob {
    private static final char SLASH = '/';
    private static final String NOT_A_PATTERN = "It is no pattern: ";

    private final List<Part> parts;

    private Glob(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private sealed interface Part {
        /** One letter. */
        record One(IntPredicate fits) implements Part {}

        /** Any number of letters, of the kind that fits. */
        record Many(IntPredicate fits) implements Part {}

        /** What follows may be left out. */
        record Maybe(int partsThatFollow) implements Part {}
    }

    /** @throws IllegalArgumentException if it is no pattern */
    static Glob parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            at = text.startsWith("**", at) ? folders(text, at, parts) : part(text, at, parts);
        }
        return new Glob(parts);
    }

    /** @return where to go on */
    private static int folders(String text, int at, List<Part> parts) {
        if (!text.startsWith("**/", at)) {
            parts.add(new Part.Many(_ -> true));
            return at + 2;
        }
        parts.add(new Part.Maybe(2));
        parts.add(new Part.Many(_ -> true));
        parts.add(new Part.One(letter -> letter == SLASH));
        return at + 3;
    }

    private static int part(String text, int at, List<Part> parts) {
        int next = text.codePointAt(at);
        int after = at + Character.charCount(next);
        switch (next) {
            case '*' -> parts.add(new Part.Many(letter -> letter != SLASH));
            case '?' -> parts.add(new Part.One(letter -> letter != SLASH));
            case '[' -> {
                return brackets(text, at, parts);
            }
            case '\\' -> {
                return after == text.length() ? after : literal(text, after, parts);
            }
            default -> parts.add(new Part.One(letter -> letter == next));
        }
        return after;
    }

    private static int literal(String text, int at, List<Part> parts) {
        int meant = text.codePointAt(at);
        parts.add(new Part.One(letter -> letter == meant));
        return at + Character.charCount(meant);
    }

    /** Which letters they name, a regular expression of one letter says as well. */
    private static int brackets(String text, int at, List<Part> parts) {
        int end = text.indexOf(']', at);
        if (end < 0) {
            throw new IllegalArgumentException(NOT_A_PATTERN + text);
        }
        try {
            Pattern letters = Pattern.compile(text.substring(at, end + 1));
            parts.add(new Part.One(
                    letter -> letters.matcher(Character.toString(letter)).matches()));
            return end + 1;
        } catch (PatternSyntaxException unreadable) {
            throw new IllegalArgumentException(NOT_A_PATTERN + text, unreadable);
        }
    }

    /** Whether it is the pattern of the path, or of a folder that the path is in. */
    boolean matches(String path) {
        BitSet reached = new BitSet();
        reached.set(0);
        passOver(reached);
        for (int letter : path.codePoints().toArray()) {
            if (reached.isEmpty() || (letter == SLASH && isAtItsEnd(reached))) {
                break;
            }
            reached = after(letter, reached);
        }
        return isAtItsEnd(reached);
    }

    private boolean isAtItsEnd(BitSet reached) {
        return reached.get(parts.size());
    }

    private BitSet after(int letter, BitSet before) {
        BitSet reached = new BitSet();
        for (int place = next(before, 0); place < parts.size(); place = next(before, place + 1)) {
            switch (parts.get(place)) {
                case Part.One(var fits) when fits.test(letter) -> reached.set(place + 1);
                case Part.Many(var fits) when fits.test(letter) -> reached.set(place);
                case Part.One _, Part.Many _, Part.Maybe _ -> {
                    // It goes on nowhere from here.
                }
            }
        }
        passOver(reached);
        return reached;
    }

    /** What need not take a letter is passed over. It leads onwards only, so once along is enough. */
    private void passOver(BitSet reached) {
        for (int place = next(reached, 0); place < parts.size(); place = next(reached, place + 1)) {
            switch (parts.get(place)) {
                case Part.One _ -> {
                    // It takes one.
                }
                case Part.Many _ -> reached.set(place + 1);
                case Part.Maybe(var following) -> {
                    reached.set(place + 1);
                    reached.set(place + 1 + following);
                }
            }
        }
    }

    /** The end where there is none. */
    private int next(BitSet reached, int from) {
        int place = reached.nextSetBit(from);
        return place < 0 ? parts.size() : place;
    }
}
