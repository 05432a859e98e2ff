package io.gantry.monitoring.meltdown;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MeltdownController {
    private final Meltdown meltdown;

    MeltdownController(Meltdown meltdown) {
        this.meltdown = meltdown;
    }

    /** The operator says that healing may go on. Where there is no meltdown, nothing changes. */
    @PostMapping("/api/v1/meltdown/over")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void over() {
        meltdown.over();
    }
}
