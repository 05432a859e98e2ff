package io.gantry.bootstrapper.bundle;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of a folder is left out of its bundle: what never belongs there, then what {@code .gantryignore}, or else
 * {@code .dockerignore}, says. One pattern a line, from the folder's top; {@code *} stays within one folder, {@code **}
 * crosses them, {@code !} takes back; the last line that fits decides.
 */
final class IgnoreRules {
    private static final List<String> FILES = List.of(".gantryignore", ".dockerignore");
    private static final List<String> ALWAYS_TAKEN = List.of("!config.json", "!Dockerfile");
    private static final List<String> NEVER_BELONG = List.of(
            "**/.git",
            "**/.hg",
            "**/.svn",
            "**/node_modules",
            "**/__pycache__",
            "**/.venv",
            "**/.idea",
            "**/.vscode",
            "**/.DS_Store",
            ".gantryignore");

    private final List<Rule> rules;
    private final boolean takesBack;

    private record Rule(boolean takenBack, PathMatcher across, PathMatcher atTop) {
        static Rule of(String line) {
            boolean takenBack = line.startsWith("!");
            String pattern = (takenBack ? line.substring(1) : line).replaceAll("^/+|/+$", "");
            return new Rule(takenBack, glob(pattern), glob(pattern.replace("**/", "")));
        }

        private static PathMatcher glob(String pattern) {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        }

        boolean fits(Path path) {
            return Stream.iterate(path, part -> part != null, Path::getParent)
                    .anyMatch(part -> across.matches(part) || atTop.matches(part));
        }
    }

    private IgnoreRules(List<String> written) {
        this.rules = Stream.of(NEVER_BELONG, written, ALWAYS_TAKEN)
                .flatMap(List::stream)
                .map(Rule::of)
                .toList()
                .reversed();
        this.takesBack = written.stream().anyMatch(line -> line.startsWith("!"));
    }

    static IgnoreRules of(Path folder) throws IOException {
        List<String> written = List.of();
        for (String name : FILES.reversed()) {
            Path file = folder.resolve(name);
            written = Files.isRegularFile(file) ? Files.readAllLines(file) : written;
        }
        return of(written);
    }

    static IgnoreRules of(List<String> written) {
        return new IgnoreRules(written.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
    }

    /** Whether nothing below this folder can be taken. */
    boolean leaveOutAll(Path path) {
        return !takesBack && leaveOut(path);
    }

    /** @param path relative to the folder that is packed */
    boolean leaveOut(Path path) {
        return rules.stream()
                .filter(rule -> rule.fits(path))
                .findFirst()
                .map(rule -> !rule.takenBack())
                .orElse(false);
    }
}
