package io.gantry.bootstrapper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoreRulesTest {
    @Test
    void a_pattern_counts_from_the_top() {
        assertThat(leftOut("*.log", "app.log")).isTrue();
        assertThat(leftOut("*.log", "logs/app.log")).isFalse();
    }

    @Test
    void two_stars_cross_folders_or_none() {
        assertThat(leftOut("**/*.log", "a/b/app.log")).isTrue();
        assertThat(leftOut("**/*.log", "app.log")).isTrue();
        assertThat(leftOut("docs/**/*.md", "docs/index.md")).isTrue();
    }

    @Test
    void a_folder_goes_with_all_that_is_in_it() {
        assertThat(leftOut("/tests/", "tests/unit/a_test.py")).isTrue();
    }

    @Test
    void the_last_line_that_fits_decides() {
        IgnoreRules rules = IgnoreRules.of(List.of("data", "!data/seed.json"));

        assertThat(rules.leaveOut(Path.of("data/large.bin"))).isTrue();
        assertThat(rules.leaveOut(Path.of("data/seed.json"))).isFalse();
        assertThat(rules.leaveOutAll(Path.of("data"))).isFalse();
    }

    @Test
    void what_never_belongs_can_be_taken_back() {
        assertThat(leftOut("!node_modules", "node_modules/ms/index.js")).isFalse();
    }

    @Test
    void the_platform_always_gets_what_it_builds_from() {
        assertThat(leftOut("*", "config.json")).isFalse();
        assertThat(leftOut("Dockerfile", "Dockerfile")).isFalse();
    }

    @Test
    void comments_and_empty_lines_say_nothing() {
        IgnoreRules rules = IgnoreRules.of(List.of("# *", "", "  "));

        assertThat(rules.leaveOut(Path.of("app.py"))).isFalse();
    }

    private static boolean leftOut(String line, String path) {
        return IgnoreRules.of(List.of(line)).leaveOut(Path.of(path));
    }
}
