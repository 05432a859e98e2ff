package io.gantry.remote;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command as its words. It is quoted once, when it leaves for the remote shell, and shows no secret in logs or errors.
 */
public record ShellCommand(List<Word> words) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** @param secret whether it is to be shown as stars */
    public record Word(String text, boolean secret) {
        public Word {
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A word of a command holds no NUL");
            }
        }

        private String quoted() {
            return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
        }

        /** For people: of a script of several lines, that there is one. */
        @Override
        public String toString() {
            if (secret) {
                return "***";
            }
            return text.indexOf('\n') < 0 ? quoted() : "'...'";
        }
    }

    public ShellCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("A command has at least one word");
        }
    }

    public static ShellCommand of(String... words) {
        return new ShellCommand(shown(words).toList());
    }

    public ShellCommand with(String... more) {
        return new ShellCommand(Stream.concat(words.stream(), shown(more)).toList());
    }

    /** Followed by another command, as {@code sudo} and {@code env} are. */
    public ShellCommand with(ShellCommand other) {
        return new ShellCommand(
                Stream.concat(words.stream(), other.words.stream()).toList());
    }

    public ShellCommand withSecret(String word) {
        return new ShellCommand(
                Stream.concat(words.stream(), Stream.of(new Word(word, true))).toList());
    }

    /** For a POSIX shell; holds secrets. */
    String line() {
        return words.stream().map(Word::quoted).collect(Collectors.joining(" "));
    }

    /** For people: secrets are stars. */
    @Override
    public String toString() {
        return words.stream().map(Word::toString).collect(Collectors.joining(" "));
    }

    private static Stream<Word> shown(String... words) {
        return Stream.of(words).map(word -> new Word(word, false));
    }
}
