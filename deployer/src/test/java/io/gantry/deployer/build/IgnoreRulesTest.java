package io.gantry.deployer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
    @ParameterizedTest
    @CsvSource({
        "*.md,          README.md,        true",
        "*.md,          docs/README.md,   false",
        "**/*.md,       docs/README.md,   true",
        "**/*.md,       README.md,        true",
        "node_modules,  node_modules/a/b, true",
        "/build/,       build/x,          true",
        "./build,       build/x,          true",
        "a/**/z,        a/b/c/z,          true",
        "a/**,          a/b,              true",
        "tes?.txt,      test.txt,         true",
        "[ab].txt,      b.txt,            true",
        "[^a].txt,      a.txt,            false",
        "a.txt,         abtxt,            false",
        "\\*.txt,       a.txt,            false",
        "\\*.txt,       *.txt,            true",
        "**/b,          ab,               false",
        "**/b,          a/b,              true",
        "**/b,          b/c,              true",
        "a**z,          a/b/z,            true",
        "a*z,           a/z,              false",
        "a/*,           a/b/c,            true",
        "a/*/c,         a/c,              false",
        "[a-c]?,        bx/y,             true",
        "a],            a],               true",
        "# a,           a,                false",
        ".,             a,                false"
    })
    void patterns_are_those_of_docker(String pattern, String path, boolean ignored) {
        assertThat(IgnoreRules.parse(pattern).ignores(path)).isEqualTo(ignored);
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void no_pattern_takes_long_whatever_it_is_compared_with() {
        IgnoreRules rules = IgnoreRules.parse("*a".repeat(40) + "b\n" + "**/a".repeat(40) + "/b\n");
        assertThat(rules.ignores("a".repeat(255))).isFalse();
        assertThat(rules.ignores("a/".repeat(500) + "c")).isFalse();
    }

    @Test
    void the_last_rule_that_matches_decides() {
        IgnoreRules rules = IgnoreRules.parse("""
                # everything but the code
                *
                !src
                src/*.tmp
                """);
        assertThat(rules.ignores("notes.txt")).isTrue();
        assertThat(rules.ignores("src/app.py")).isFalse();
        assertThat(rules.ignores("src/x.tmp")).isTrue();
    }

    @Test
    void a_line_that_is_no_pattern_is_refused() {
        assertThatThrownBy(() -> IgnoreRules.parse("[a")).isInstanceOf(BuildRefused.class);
    }
}
