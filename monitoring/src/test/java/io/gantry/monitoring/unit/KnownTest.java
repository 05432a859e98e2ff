package io.gantry.monitoring.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # word before | it was  | hung  | word now | it is
            UP            | UP      | false | DOWN     | DOWN
            UP            | UP      | false | UNKNOWN  | UNKNOWN
            DOWN          | DOWN    | false | UP       | UP
            UNKNOWN       | UNKNOWN | false | UP       | UP
            UNKNOWN       | UNKNOWN | false | DOWN     | DOWN

            UP            | SUSPECT | false | UP       | SUSPECT
            UP            | SUSPECT | false | DOWN     | DOWN

            UP            | DOWN    | true  | UP       | DOWN
            UP            | DOWN    | true  | DOWN     | DOWN
            DOWN          | DOWN    | true  | UP       | DOWN
            UP            | DOWN    | true  | UNKNOWN  | UNKNOWN
            UNKNOWN       | UNKNOWN | true  | UP       | DOWN
            """)
    void the_registry_says_what_runs_but_not_that_one_which_is_hung_is_well(
            UnitState before, UnitState was, boolean hung, UnitState now, UnitState is) {
        assertThat(new Known(before, was, hung).on(now)).isEqualTo(is);
    }
}
