package io.gantry.nodemanager.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Statistics;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final ObjectMapper AS_DOCKER_JAVA_READS =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void with_control_groups_1_inactive_page_cache_is_left_out() throws JsonProcessingException {
        assertThat(measured("""
                {"read": "2026-01-01T00:00:00Z", "cpu_stats": {"cpu_usage": {"total_usage": 34129949}},
                 "memory_stats": {"usage": 3411968,
                   "stats": {"cache": 400000, "inactive_file": 11968, "total_inactive_file": 311968}}}""")).contains(new Measurement(AT, 34_129_949, 3_100_000));
    }

    @Test
    void with_control_groups_2_too() throws JsonProcessingException {
        assertThat(measured("""
                {"read": "2026-01-01T00:00:00Z", "cpu_stats": {"cpu_usage": {"total_usage": 34129949}},
                 "memory_stats": {"usage": 3411968, "stats": {"file": 400000, "inactive_file": 311968}}}""")).contains(new Measurement(AT, 34_129_949, 3_100_000));
    }

    @Test
    void of_a_container_that_does_not_run_nothing_is_measured() throws JsonProcessingException {
        assertThat(measured("""
                {"read": "0001-01-01T00:00:00Z", "cpu_stats": {"cpu_usage": {"total_usage": 0}}, "memory_stats": {}}""")).isEmpty();
    }

    @Test
    void cores_are_averaged_over_the_time_between() {
        Measurement before = new Measurement(AT, 1_000_000_000, 0);
        assertThat(new Measurement(AT.plusSeconds(2), 2_500_000_000L, 0).coresSince(before))
                .contains(0.75);
    }

    @Test
    void a_container_that_was_started_anew_has_no_average_yet() {
        Measurement before = new Measurement(AT, 1_000_000_000, 0);
        assertThat(new Measurement(AT.plusSeconds(2), 5_000, 0).coresSince(before))
                .isEmpty();
    }

    private static Optional<Measurement> measured(String json) throws JsonProcessingException {
        return Measurement.of(AS_DOCKER_JAVA_READS.readValue(json, Statistics.class));
    }
}
