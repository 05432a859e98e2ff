package io.gantry.bootstrapper.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private final EventParser parser = new EventParser("", Duration.ofSeconds(1));

    @Test
    void an_event_ends_with_an_empty_line() {
        assertThat(events("data: one", "", "data: two")).containsExactly(new ServerEvent("", "message", "one"));
    }

    @Test
    void lines_of_data_are_joined() {
        assertThat(events("data: one", "data: two", "")).containsExactly(new ServerEvent("", "message", "one\ntwo"));
    }

    @Test
    void one_space_after_the_colon_does_not_count() {
        assertThat(events("data:one", "data:  two", "")).containsExactly(new ServerEvent("", "message", "one\n two"));
    }

    @Test
    void a_name_counts_for_one_event_and_an_id_until_the_next() {
        assertThat(events("event: state", "id: 7", "data: one", "", "data: two", ""))
                .containsExactly(new ServerEvent("7", "state", "one"), new ServerEvent("7", "message", "two"));
    }

    @Test
    void comments_and_unknown_fields_are_ignored() {
        assertThat(events(": still here", "colour: blue", "data", ""))
                .containsExactly(new ServerEvent("", "message", ""));
    }

    @Test
    void an_event_without_data_is_none() {
        assertThat(events("id: 9", "event: state", "")).isEmpty();
        assertThat(parser.lastId()).isEqualTo("9");
    }

    @Test
    void the_server_says_how_long_to_wait_before_connecting_again() {
        events("retry: 250", "retry: soon");

        assertThat(parser.retry()).isEqualTo(Duration.ofMillis(250));
    }

    private List<ServerEvent> events(String... lines) {
        return List.of(lines).stream()
                .map(parser::line)
                .flatMap(Optional::stream)
                .toList();
    }
}
