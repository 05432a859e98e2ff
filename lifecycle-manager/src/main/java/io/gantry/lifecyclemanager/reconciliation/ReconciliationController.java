package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.machine.OngoingTable;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells how it goes on, whichever lifecycle manager acts. */
@RestController
@RequestMapping("/api/v1/reconciliation")
@OnlyInFleet
class ReconciliationController {
    private static final int SHOWN = 200;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Progress progress;
    private final StepLog steps;
    private final OngoingTable ongoing;

    ReconciliationController(Progress progress, StepLog steps, OngoingTable ongoing) {
        this.progress = progress;
        this.steps = steps;
        this.ongoing = ongoing;
    }

    /**
     * @param refused what of that is not tried again until the fleet is told anew
     * @param steps the last ones, oldest first
     * @param ongoing what the machines' provider is at, whoever asked for it
     */
    record Shown(
            boolean settled,
            List<String> waitsFor,
            List<String> refused,
            List<StepRow> steps,
            List<OngoingTable.Shown> ongoing) {}

    @GetMapping
    Shown show() {
        Progress.Shown now = progress.find();
        return new Shown(now.settled(), now.waitsFor(), now.refused(), steps.newest(SHOWN), ongoing.all());
    }

    /** Events {@code step} and {@code progress}; an event's id says where to go on. Without one it begins at the beginning. */
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        long seen = lastEventId != null && NUMBER.matcher(lastEventId).matches() ? Long.parseLong(lastEventId) : 0;
        return new NewsReader(progress, steps, seen).start();
    }
}
