package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellCommandTest {
    @Test
    void plain_words_stay_as_they_are() {
        assertThat(ShellCommand.of("apt-get", "install", "-y", "docker.io", "A=b")
                        .line())
                .isEqualTo("apt-get install -y docker.io A=b");
    }

    @Test
    void whatever_a_shell_could_take_for_its_own_is_quoted() {
        assertThat(ShellCommand.of("echo", "a b", "$(id)", "`id`", "a;id", "a\nid", "*", "~", "", "it's")
                        .line())
                .isEqualTo("echo 'a b' '$(id)' '`id`' 'a;id' 'a\nid' '*' '~' '' 'it'\\''s'");
    }

    @Test
    void a_secret_is_sent_and_never_shown() {
        ShellCommand command = ShellCommand.of("docker", "login").with("-p").withSecret("hunter2");
        assertThat(command).hasToString("docker login -p ***");
        assertThat(command.line()).isEqualTo("docker login -p hunter2");
    }

    @Test
    void a_command_runs_within_another_and_keeps_its_secrets() {
        ShellCommand command =
                ShellCommand.of("sudo", "-n").with(ShellCommand.of("login").withSecret("a b"));
        assertThat(command).hasToString("sudo -n login ***");
        assertThat(command.line()).isEqualTo("sudo -n login 'a b'");
    }

    @Test
    void of_a_script_is_told_only_that_it_is_there() {
        ShellCommand command = ShellCommand.of("sh", "-c", "cd /tmp\nls", "sh");
        assertThat(command).hasToString("sh -c '...' sh");
        assertThat(command.line()).isEqualTo("sh -c 'cd /tmp\nls' sh");
    }

    @Test
    void a_word_with_NUL_is_refused() {
        assertThatThrownBy(() -> ShellCommand.of("echo", "a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_command_without_words_is_refused() {
        assertThatThrownBy(ShellCommand::of).isInstanceOf(IllegalArgumentException.class);
    }
}
