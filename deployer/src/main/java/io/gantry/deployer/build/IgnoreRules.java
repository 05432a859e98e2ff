package io.gantry.deployer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a {@code .dockerignore} keeps out of a build. The last rule that matches a file, or a folder it is in, decides. */
final class IgnoreRules {
    private static final String FILE = ".dockerignore";
    private static final int LARGEST = 1 << 20;

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(Pattern pattern, boolean keeps) {
        /** A rule for a folder is one for all that is in it. */
        boolean matches(String path) {
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                if (pattern.matcher(path.substring(0, end)).matches()) {
                    return true;
                }
            }
            return false;
        }
    }

    static IgnoreRules of(BundleFile bundle) throws IOException {
        Optional<BundleEntry> file = bundle.file(FILE).filter(entry -> entry.size() <= LARGEST);
        if (file.isEmpty()) {
            return new IgnoreRules(List.of());
        }
        try (InputStream bytes = bundle.read(file.get())) {
            return parse(new String(bytes.readAllBytes(), UTF_8));
        }
    }

    static IgnoreRules parse(String text) {
        return new IgnoreRules(text.lines().flatMap(IgnoreRules::rule).toList());
    }

    boolean ignores(String path) {
        @Nullable Rule last = null;
        for (Rule rule : rules) {
            if (rule.matches(path)) {
                last = rule;
            }
        }
        return last != null && !last.keeps();
    }

    private static Stream<Rule> rule(String line) {
        String stripped = line.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            return Stream.empty();
        }
        boolean keeps = stripped.startsWith("!");
        String glob = withoutSlashes(keeps ? stripped.substring(1).strip() : stripped);
        if (glob.isEmpty() || glob.equals(".")) {
            return Stream.empty();
        }
        try {
            return Stream.of(new Rule(Pattern.compile(regex(glob)), keeps));
        } catch (PatternSyntaxException unreadable) {
            throw new BuildRefused("BAD_DOCKERIGNORE", "The .dockerignore has a line that is no pattern: " + line);
        }
    }

    private static String withoutSlashes(String glob) {
        return glob.replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < glob.length()) {
            if (glob.startsWith("**/", at)) {
                regex.append("(?:.*/)?");
                at += 3;
            } else if (glob.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else {
                at = single(glob, at, regex);
            }
        }
        return regex.toString();
    }

    /** @return where to go on */
    private static int single(String glob, int at, StringBuilder regex) {
        char next = glob.charAt(at);
        switch (next) {
            case '*' -> regex.append("[^/]*");
            case '?' -> regex.append("[^/]");
            case '[', ']' -> regex.append(next);
            case '\\' -> {
                if (at + 1 < glob.length()) {
                    regex.append(Pattern.quote(glob.substring(at + 1, at + 2)));
                }
                return at + 2;
            }
            default -> regex.append(inBrackets(regex) ? String.valueOf(next) : Pattern.quote(String.valueOf(next)));
        }
        return at + 1;
    }

    private static boolean inBrackets(StringBuilder regex) {
        return regex.lastIndexOf("[") > regex.lastIndexOf("]");
    }
}
