package io.gantry.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that went wrong in ways that nobody thought of. */
class AnyTextTest {
    private static final List<String> PIECES = List.of(
            "",
            "null",
            "[]",
            "{}",
            "- ",
            "  ",
            "\t",
            "7",
            "-1",
            "2.0",
            "1e99",
            "true",
            "\"",
            "'",
            "&a",
            "*a",
            "!t",
            "a b",
            ":",
            ",",
            "{a: b}",
            "[a, b]",
            "? ",
            "<<",
            "\u0000",
            "\uD800",
            "% ",
            "...",
            "---",
            "|",
            "address:",
            "name: vm-1",
            "on: {}",
            "size: large");

    @ParameterizedTest
    @ValueSource(strings = {"fleet-local.yaml", "fleet-static.yaml"})
    void whatever_is_written_is_read_or_refused_with_a_place(String example) throws IOException {
        String good = Files.readString(FleetFileTest.EXAMPLES.resolve(example));
        for (int seed = 0; seed < 2000; seed++) {
            String bad = spoiled(good, new Random(seed));
            Throwable thrown = catchThrowable(() -> FleetFile.parse("fleet.yaml", bad));
            if (thrown != null) {
                assertThat(thrown).as("seed %d", seed).isInstanceOf(FleetRefused.class);
                assertThat(((FleetRefused) thrown).problems())
                        .as("seed %d", seed)
                        .isNotEmpty()
                        .allMatch(problem -> problem.line() <= bad.lines().count() + 1)
                        .allMatch(problem -> problem.line() >= 1 && problem.column() >= 1);
            }
        }
    }

    private static String spoiled(String good, Random random) {
        List<String> lines = new ArrayList<>(good.lines().toList());
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(5)) {
                case 0 -> lines.set(at, line.replaceFirst(":.*", ": " + piece(random)));
                case 1 -> lines.set(at, cutIn(line, random));
                case 2 -> lines.add(at, line);
                case 3 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                default -> lines.set(at, line.isEmpty() ? piece(random) : line.substring(1));
            }
        }
        return String.join("\n", lines);
    }

    private static String cutIn(String line, Random random) {
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + piece(random) + line.substring(at);
    }

    private static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }
}
