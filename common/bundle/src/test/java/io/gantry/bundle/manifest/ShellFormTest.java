package io.gantry.bundle.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellFormTest {
    @ParameterizedTest
    @CsvSource({
        "python3 app.py, exec python3 app.py",
        "'  ./run \"a b\" $PORT > log  ', 'exec ./run \"a b\" $PORT > log'"
    })
    void one_program_takes_the_place_of_the_shell(String text, String script) {
        assertThat(ShellForm.words(text)).containsExactly("/bin/sh", "-c", script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd web && node server.js",
                "a; b",
                "a | b",
                "a\nb",
                "FOO=1 python3 app.py",
                "exit 3",
                "exec python3 app.py",
                "(a)",
                "echo $(id)",
                "if true"
            })
    void more_than_one_program_leaves_the_shell_in_its_place(String text) {
        assertThat(ShellForm.words(text)).containsExactly("/bin/sh", "-c", text);
    }
}
