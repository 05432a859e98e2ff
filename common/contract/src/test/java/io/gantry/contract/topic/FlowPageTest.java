package io.gantry.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/flow.md what the catalogue says. To write it anew: {@code ./mvnw -pl common/contract test -Drender=true}. */
class FlowPageTest {
    private static final Path PAGE = Path.of("../../docs/flow.md");

    @Test
    void the_page_of_the_flow_is_what_the_catalogue_says() throws IOException {
        if (Boolean.getBoolean("render")) {
            Files.writeString(PAGE, render());
        }
        assertThat(PAGE).as("rendered from io.gantry.contract.topic.Topics").hasContent(render());
    }

    private static String render() {
        return """
                # The flow of messages

                Rendered from `io.gantry.contract.topic.Topics` by a test; edit that, not this page.

                ```mermaid
                flowchart LR
                %s
                ```

                | topic | key | messages | from | to | kept |
                |---|---|---|---|---|---|
                %s

                Each topic has a twin for dead letters, `<topic>.dlt`, kept for ever: what can't be read or handled
                goes there with the reason.
                """.formatted(arrows(), rows());
    }

    private static String arrows() {
        return Topics.CATALOGUE.stream()
                .flatMap(topic -> topic.producers().stream()
                        .flatMap(from -> topic.consumers().stream()
                                .map(to -> "  %s -- %s --> %s"
                                        .formatted(from, topic.family().getSimpleName(), to))))
                .collect(Collectors.joining("\n"));
    }

    private static String rows() {
        return Topics.CATALOGUE.stream()
                .map(topic -> "| `%s` | %s | `%s` | %s | %s | %s |"
                        .formatted(
                                topic.name(),
                                topic.key(),
                                topic.family().getSimpleName(),
                                String.join(", ", topic.producers()),
                                String.join(", ", topic.consumers()),
                                kept(topic)))
                .collect(Collectors.joining("\n"));
    }

    private static String kept(Topic topic) {
        return switch (topic.retention()) {
            case WEEK -> "a week";
            case HOUR -> "an hour";
            case COMPACTED -> "the newest of each key";
        };
    }
}
