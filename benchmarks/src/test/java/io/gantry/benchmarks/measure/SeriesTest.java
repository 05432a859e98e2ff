package io.gantry.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void a_quantile_is_a_sample_that_occurred() {
        Samples twenty = new Samples(
                "twenty",
                Unit.MILLISECONDS,
                DoubleStream.iterate(20, value -> value - 1).limit(20).boxed().toList());
        assertThat(twenty.median()).isEqualTo(10);
        assertThat(twenty.at(0.95)).isEqualTo(19);
        assertThat(twenty.at(0)).isEqualTo(1);
        assertThat(twenty.at(1)).isEqualTo(20);
    }

    @Test
    void one_sample_is_every_quantile() {
        Samples one = Samples.of("one", Unit.SECONDS, 7);
        assertThat(one.median()).isEqualTo(7);
        assertThat(one.at(0.95)).isEqualTo(7);
    }

    @Test
    void nothing_measured_is_no_series() {
        assertThatThrownBy(() -> new Samples("nothing", Unit.COUNT, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No sample of nothing");
    }

    @Test
    void many_latencies_agree_with_the_same_samples_to_three_digits() {
        Histogram histogram = Latencies.recorder();
        IntStream.rangeClosed(1, 10_000).forEach(micros -> histogram.recordValue(micros * 1000L));
        Latencies latencies = new Latencies("many", histogram);
        assertThat(latencies.count()).isEqualTo(10_000);
        assertThat(latencies.median()).isCloseTo(5.0, within(0.01));
        assertThat(latencies.at(0.99)).isCloseTo(9.9, within(0.01));
    }

    @Test
    void a_ratio_says_how_many_times_the_peer_it_is() {
        Samples ours = Samples.of("ours", Unit.MILLISECONDS, 200, 220, 240);
        Samples peer = Samples.of("peer", Unit.MILLISECONDS, 100, 110, 480);
        assertThat(ours.ratioTo(peer, 0.5)).isEqualTo(2);
        assertThat(ours.ratioTo(peer, 0.95)).isEqualTo(0.5);
    }

    @Test
    void three_digits_are_shown_where_there_are_three() {
        assertThat(Unit.MILLISECONDS.format(0.2437)).isEqualTo("0.24 ms");
        assertThat(Unit.MILLISECONDS.format(0.00147)).isEqualTo("0.0015 ms");
        assertThat(Unit.MILLISECONDS.format(12.34)).isEqualTo("12.3 ms");
        assertThat(Unit.PER_SECOND.format(1_002_311)).isEqualTo("1,002,311 /s");
        assertThat(Unit.COUNT.format(50)).isEqualTo("50");
    }
}
