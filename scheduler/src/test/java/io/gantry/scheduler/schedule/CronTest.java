package io.gantry.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Berlin: clocks jump from 02:00 to 03:00 on 29 March 2026, and back from 03:00 to 02:00 on 25 October 2026. */
class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/10 * * * *   | 2026-01-05T00:03:00Z | 2026-01-05T00:10:00Z, 2026-01-05T00:20:00Z",
                "0 2 * * 1-5    | 2026-01-02T12:00:00Z | 2026-01-05T02:00:00Z, 2026-01-06T02:00:00Z",
                "0 2 * * 7      | 2026-01-02T12:00:00Z | 2026-01-04T02:00:00Z, 2026-01-11T02:00:00Z",
                "30 8 29 2 *    | 2026-01-01T00:00:00Z | 2028-02-29T08:30:00Z, 2032-02-29T08:30:00Z",
                "0 0 31 * *     | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z, 2026-05-31T00:00:00Z",
                "0 0 13 * FRI   | 2026-02-01T00:00:00Z | 2026-02-06T00:00:00Z, 2026-02-13T00:00:00Z",
                "@daily         | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z, 2026-01-03T00:00:00Z",
                "@hourly        | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z, 2026-01-01T02:00:00Z",
                "@weekly        | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z, 2026-01-11T00:00:00Z",
                "@monthly       | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z"
            })
    void it_comes_when_it_says(String cron, Instant after, String next) {
        assertThat(new Timetable.Repeated(Cron.parse(cron, ZoneId.of("UTC"))).next(after, 2))
                .extracting(Instant::toString)
                .containsExactly(next.split(", ", -1));
    }

    @Test
    void days_of_month_and_of_week_are_alternatives_as_in_every_cron() {
        assertThat(next("0 0 13 * FRI", "2026-02-06T12:00:00+01:00", 3))
                .containsExactly(
                        at("2026-02-13T00:00:00+01:00"),
                        at("2026-02-20T00:00:00+01:00"),
                        at("2026-02-27T00:00:00+01:00"));
        assertThat(next("0 0 14 * FRI", "2026-02-06T12:00:00+01:00", 2))
                .containsExactly(at("2026-02-13T00:00:00+01:00"), at("2026-02-14T00:00:00+01:00"));
    }

    @Test
    void it_goes_by_the_clock_of_its_zone_in_summer_and_winter() {
        assertThat(next("0 8 * * *", "2026-03-28T00:00:00+01:00", 2))
                .containsExactly(at("2026-03-28T08:00:00+01:00"), at("2026-03-29T08:00:00+02:00"));
    }

    @Test
    void a_time_that_is_skipped_comes_once_when_clocks_jump() {
        assertThat(next("30 2 * * *", "2026-03-28T12:00:00+01:00", 2))
                .containsExactly(at("2026-03-29T03:00:00+02:00"), at("2026-03-30T02:30:00+02:00"));
        assertThat(next("*/20 2 * * *", "2026-03-28T12:00:00+01:00", 2))
                .containsExactly(at("2026-03-29T03:00:00+02:00"), at("2026-03-30T02:00:00+02:00"));
    }

    @Test
    void a_time_that_comes_twice_comes_the_first_time_only() {
        assertThat(next("30 2 * * *", "2026-10-24T12:00:00+02:00", 2))
                .containsExactly(at("2026-10-25T02:30:00+02:00"), at("2026-10-26T02:30:00+01:00"));
    }

    @Test
    void every_hour_follows_the_time_that_passes_when_clocks_jump() {
        assertThat(next("*/30 * * * *", "2026-03-29T01:15:00+01:00", 3))
                .containsExactly(
                        at("2026-03-29T01:30:00+01:00"),
                        at("2026-03-29T03:00:00+02:00"),
                        at("2026-03-29T03:30:00+02:00"));
    }

    @Test
    void every_hour_follows_the_time_that_passes_when_clocks_go_back() {
        assertThat(next("*/30 * * * *", "2026-10-25T02:15:00+02:00", 4))
                .containsExactly(
                        at("2026-10-25T02:30:00+02:00"),
                        at("2026-10-25T02:00:00+01:00"),
                        at("2026-10-25T02:30:00+01:00"),
                        at("2026-10-25T03:00:00+01:00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "61 * * * *",
                "* 25 * * *",
                "* * * 13 *",
                "a b c d e",
                "@sometimes",
                "*/0 * * * *"
            })
    void what_is_no_cron_expression_is_refused(String cron) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.parse(cron, BERLIN));
    }

    @Test
    void what_never_comes_has_no_next() {
        assertThat(Cron.parse("0 0 30 2 *", BERLIN).next(at("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    private static List<Instant> next(String cron, String after, int count) {
        return new Timetable.Repeated(Cron.parse(cron, BERLIN)).next(at(after), count);
    }

    private static Instant at(String time) {
        return ZonedDateTime.parse(time).toInstant();
    }
}
