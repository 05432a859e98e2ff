package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrapper.platform.Addresses;
import org.junit.jupiter.api.Test;

class UsageTest {
    /** Nothing listens there: port 1 and up are the system's own. */
    private static final Addresses NOWHERE = Addresses.onThisMachine(0);

    @Test
    void help_names_every_verb() {
        Run run = Run.gantry(NOWHERE, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("deploy", "test", "completion", "Exit codes: gantry help exit-codes");
    }

    @Test
    void help_explains_one_verb() {
        assertThat(Run.gantry(NOWHERE, "help", "deploy").out())
                .isEqualTo(Run.gantry(NOWHERE, "deploy", "--help").out())
                .startsWith("Usage: gantry deploy");
    }

    @Test
    void help_explains_a_verb_of_a_verb_and_knows_what_is_none() {
        assertThat(Run.gantry(NOWHERE, "help", "keys", "create").out()).startsWith("Usage: gantry keys create");
        for (String[] none : new String[][] {{"help", "nosuch"}, {"help", "keys", "nosuch"}}) {
            Run run = Run.gantry(NOWHERE, none);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("There is no verb ", "All verbs: gantry --help");
        }
    }

    @Test
    void help_is_no_wider_than_a_hundred_columns() {
        for (String[] help : new String[][] {{"--help"}, {"deploy", "--help"}, {"schedule", "add", "--help"}}) {
            assertThat(Run.gantry(NOWHERE, help).out().lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
    }

    @Test
    void what_may_be_left_out_is_shown_so() {
        assertThat(Run.gantry(NOWHERE, "deploy", "--help").out())
                .contains("[DIR|ZIP]")
                .doesNotContain("URL[,URL");
    }

    @Test
    void help_explains_the_exit_codes() {
        assertThat(Run.gantry(NOWHERE, "help", "exit-codes").out()).contains("69     The platform does not answer.");
    }

    @Test
    void a_verb_that_is_misspelt_is_recognised() {
        Run run = Run.gantry(NOWHERE, "depoy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean: gantry deploy");
    }

    @Test
    void a_missing_option_is_named() {
        Run run = Run.gantry(NOWHERE, "deploy", ".");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--app").contains("Try: gantry deploy --help");
    }

    @Test
    void what_is_not_understood_is_json_where_json_is_asked_for() {
        Run run = Run.gantry(NOWHERE, "scale", "shop", "app-server", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("{")
                .contains("\"code\" : \"USAGE\"", "is not SERVICE=N", "\"advice\" : \"Try: gantry scale --help\"");
    }

    @Test
    void a_platform_that_does_not_answer_has_an_exit_code_of_its_own() {
        Run run = Run.gantry(NOWHERE, "cancel", "abcdefgh12345678");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.err()).isEqualTo("""
                        error PLATFORM_UNREACHABLE The scheduler does not answer at http://127.0.0.1:1/
                        Start it on this machine with: gantry dev
                        """);
    }

    @Test
    void a_port_that_is_none_is_said() {
        Run run = Run.gantry(NOWHERE, "apps", "--port-base", "99999");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("error USAGE --port-base 99999 is no port\nSay one up to 65530\n");
    }

    @Test
    void the_version_is_a_verb_and_an_option() {
        assertThat(Run.gantry(NOWHERE, "version").out())
                .isEqualTo(Run.gantry(NOWHERE, "--version").out())
                .startsWith("gantry ");
        assertThat(Run.gantry(NOWHERE, "version", "--json").out()).contains("\"version\" : ");
    }

    @Test
    void completion_knows_verbs_and_options() {
        assertThat(Run.gantry(NOWHERE, "completion", "bash").out()).contains("complete -F", "deploy", "--app");
        assertThat(Run.gantry(NOWHERE, "completion", "bash").out()).containsPattern("local commands=.* test ");
    }

    @Test
    void a_verb_of_the_launcher_is_explained_and_says_who_knows_it() {
        assertThat(Run.gantry(NOWHERE, "test", "--help").out())
                .contains("gantry test [-h] [MAVEN-ARGUMENT...]", "gantry test --chaos [--seed N]");
        assertThat(Run.gantry(NOWHERE, "images", "--help").out()).contains("docker-compose --profile platform up -d");
        for (String verb : new String[] {"test", "images"}) {
            Run run = Run.gantry(NOWHERE, verb);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("Use the launcher of your checkout: ./gantry " + verb);
        }
    }
}
