package io.gantry.deployer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.deployer.node.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a {@code .dockerignore} keeps out of a build. The last rule that matches a file, or a folder it is in, decides. */
final class IgnoreRules {
    private static final String FILE = ".dockerignore";
    /** Each line is compared with each file of the bundle. */
    private static final int LARGEST = 64 << 10;

    private static final String BAD = "BAD_DOCKERIGNORE";

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(Glob glob, boolean keeps) {}

    static IgnoreRules of(BundleFile bundle) throws IOException {
        Optional<BundleEntry> file = bundle.file(FILE);
        if (file.isEmpty()) {
            return new IgnoreRules(List.of());
        }
        if (file.get().size() > LARGEST) {
            throw new BuildRefused(BAD, "The .dockerignore is larger than %d KiB.".formatted(LARGEST >> 10));
        }
        try (InputStream bytes = bundle.read(file.get())) {
            return parse(new String(bytes.readAllBytes(), UTF_8));
        }
    }

    static IgnoreRules parse(String text) {
        return new IgnoreRules(text.lines().flatMap(IgnoreRules::rule).toList());
    }

    /** Of many rules and long names it takes a while, and a virtual thread would keep its processor until it waits for something. */
    @SuppressWarnings("ThreadPriorityCheck")
    boolean ignores(String path) {
        Thread.yield();
        @Nullable Rule last = null;
        for (Rule rule : rules) {
            if (rule.glob().matches(path)) {
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
            return Stream.of(new Rule(Glob.parse(glob), keeps));
        } catch (IllegalArgumentException unreadable) {
            throw new BuildRefused(BAD, "The .dockerignore has a line that is no pattern: " + PlainText.of(line));
        }
    }

    private static String withoutSlashes(String glob) {
        int from = 0;
        while (glob.startsWith("/", from) || glob.startsWith("./", from)) {
            from += glob.charAt(from) == '/' ? 1 : 2;
        }
        int to = glob.length();
        while (to > from && glob.charAt(to - 1) == '/') {
            to--;
        }
        return glob.substring(from, to);
    }
}
