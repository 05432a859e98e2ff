package io.gantry.scheduler.schedule;

import io.gantry.contract.AppName;
import io.gantry.scheduler.deployment.IdempotencyKey;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/schedules")
class ScheduleController {
    private final Schedules schedules;

    ScheduleController(Schedules schedules) {
        this.schedules = schedules;
    }

    @PostMapping
    ResponseEntity<ScheduleView> add(
            @PathVariable AppName app,
            @RequestBody ScheduleRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey) {
        ScheduleView added = schedules.add(app, request, IdempotencyKey.checked(idempotencyKey));
        return ResponseEntity.created(URI.create("/api/v1/apps/%s/schedules/%s".formatted(app, added.id())))
                .body(added);
    }

    @GetMapping
    List<ScheduleView> all(@PathVariable AppName app) {
        return schedules.of(app);
    }

    @GetMapping("/{id}")
    ScheduleView one(@PathVariable AppName app, @PathVariable String id) {
        return schedules.one(app, id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable AppName app, @PathVariable String id) {
        schedules.delete(app, id);
    }
}
