package io.gantry.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.testkit.TestCollector;
import io.gantry.testkit.TestCollector.Recorded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    @AutoClose
    private final TestCollector collector = TestCollector.start();

    private final Traces scheduler = traces("scheduler");
    private final Traces deployer = traces("deployer");

    @Test
    void what_one_service_began_another_goes_on_with() {
        String carried;
        try (Activity _ = scheduler.request("POST", null)) {
            carried = scheduler.here();
        }
        try (Activity _ = deployer.message("process", carried)) {
            deployer.part("fetch").with("app", "shop").close();
        }

        List<Recorded> spans = arrived();

        assertThat(spans)
                .extracting(Recorded::trace)
                .containsOnly(spans.getFirst().trace());
        Recorded request = named("POST");
        Recorded message = named("process");
        Recorded fetch = named("fetch");
        assertThat(request.service()).isEqualTo("scheduler");
        assertThat(message.service()).isEqualTo("deployer");
        assertThat(message.parent()).isEqualTo(request.id());
        assertThat(fetch.parent()).isEqualTo(message.id());
        assertThat(fetch.attributes()).containsExactly(Map.entry("app", "shop"));
    }

    @Test
    void a_callers_trace_is_continued() {
        try (Activity _ = scheduler.request("POST", PARENT)) {
            assertThat(scheduler.traceId()).isEqualTo(TRACE);
        }

        assertThat(arrived())
                .singleElement()
                .satisfies(span -> assertThat(span.parent()).isEqualTo("b7ad6b7169203331"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "; drop table leg"
            })
    void what_is_no_trace_context_begins_a_trace_of_its_own(String parent) {
        try (Activity _ = scheduler.request("POST", parent)) {
            assertThat(scheduler.traceId()).isNotNull().isNotEqualTo(TRACE);
        }
    }

    @Test
    void what_nobody_traces_is_not_recorded() {
        scheduler.message("process", null).close();
        scheduler.work("build", null).close();
        scheduler.part("fetch").close();

        assertThat(arrived()).isEmpty();
    }

    @Test
    void within_another_trace_it_is_that_one_until_the_end() {
        try (Activity _ = scheduler.request("POST", null)) {
            String before = scheduler.here();
            try (Activity _ = scheduler.within(PARENT)) {
                assertThat(scheduler.traceId()).isEqualTo(TRACE);
            }
            try (Activity _ = scheduler.within(null)) {
                assertThat(scheduler.here()).isNull();
            }
            assertThat(scheduler.here()).isEqualTo(before);
        }
    }

    @Test
    void what_was_waited_for_is_told_when_it_is_over() {
        Instant now = InstantSource.system().instant();
        scheduler.past("place", PARENT, now.minus(Duration.ofSeconds(3)), now, Map.of("instance", "web-0"));

        assertThat(arrived()).singleElement().satisfies(span -> {
            assertThat(span.name()).isEqualTo("place");
            assertThat(span.attributes()).containsEntry("instance", "web-0");
        });
    }

    @Test
    void without_a_collector_nothing_is_carried() {
        Traces off = Traces.off();
        try (Activity _ = off.request("POST", PARENT)) {
            assertThat(off.here()).isNull();
            assertThat(off.traceId()).isNull();
        }
    }

    @Test
    void a_collector_that_does_not_answer_holds_nobody_up() {
        collector.close();
        scheduler.request("POST", null).close();
        scheduler.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector:4318", "ftp://collector/v1/traces", "/v1/traces"})
    void an_address_that_is_none_is_explained(String endpoint) {
        assertThatThrownBy(() -> new TracingSettings(URI.create(endpoint), 1))
                .hasMessageContaining("gantry.tracing.endpoint is \"%s\"".formatted(endpoint));
    }

    @Test
    void a_part_of_traces_is_none_beyond_all() {
        assertThatThrownBy(() -> new TracingSettings(null, 10)).hasMessageContaining("write 0 to 1");
    }

    private Traces traces(String service) {
        return Collector.at(collector.endpoint(), service, 1, InstantSource.system());
    }

    /** All that was recorded, once it was sent. */
    private List<Recorded> arrived() {
        scheduler.close();
        deployer.close();
        return collector.spans();
    }

    private Recorded named(String name) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
