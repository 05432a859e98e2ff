package io.gantry.monitoring.deadletter;

import io.gantry.contract.topic.Topic;
import io.gantry.contract.topic.Topics;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows dead letters and replays them. */
@RestController
class DeadLetterController {
    private static final int MOST = 500;

    private final DeadLetters letters;
    private final Replaying replaying;
    private final Marks marks;

    DeadLetterController(DeadLetters letters, Replaying replaying, Marks marks) {
        this.letters = letters;
        this.replaying = replaying;
        this.marks = marks;
    }

    /**
     * The newest first. Nobody is alerted to what was listed.
     *
     * @param topic only what was sent to this topic
     * @param before the last letter of the page before
     * @param all also those that were replayed
     */
    @GetMapping("/api/v1/dead-letters")
    Listed list(
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable LetterId before,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "false") boolean all) {
        if (limit < 1 || limit > MOST) {
            throw invalid("limit", "use 1 to " + MOST);
        }
        DeadLetters.Page page = letters.page(topics(topic), before, limit, all);
        marks.seen(page.letters());
        return new Listed(page.letters(), page.more() ? page.letters().getLast().id() : null);
    }

    /** @param payload {@code FULL}: all of it, however long; else its first 64 KiB */
    @GetMapping("/api/v1/dead-letters/{id}")
    Letter.Opened show(@PathVariable LetterId id, @RequestParam(defaultValue = "BEGINNING") Payload.Extent payload) {
        Envelope envelope = letters.find(id);
        return new Letter.Opened(letters.letter(envelope), Payload.of(envelope, payload));
    }

    @PostMapping("/api/v1/dead-letters/{id}/replay")
    Replaying.Replayed replay(@PathVariable LetterId id) {
        return replaying.replay(id);
    }

    private static List<Topic> topics(@Nullable String name) {
        if (name == null) {
            return Topics.CATALOGUE;
        }
        List<Topic> named = Topics.CATALOGUE.stream()
                .filter(topic -> topic.name().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw invalid(
                    "topic",
                    "use one of " + Topics.CATALOGUE.stream().map(Topic::name).collect(Collectors.joining(", ")));
        }
        return named;
    }

    private static ProblemException invalid(String parameter, String right) {
        return ProblemException.badRequest(
                "INVALID_PARAMETER",
                "The value of \"%s\" is not valid: %s".formatted(parameter, right),
                new FieldProblem(parameter, right));
    }

    /** @param next the value of {@code before} that asks for the next page; null: this is the last */
    record Listed(List<Letter> deadLetters, @Nullable LetterId next) {}
}
