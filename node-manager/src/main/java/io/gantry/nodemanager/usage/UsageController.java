package io.gantry.nodemanager.usage;

import io.gantry.contract.registry.Usage;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UsageController {
    private final UsageReport report;

    UsageController(UsageReport report) {
        this.report = report;
    }

    /** What each node that is ready used last, and the instances on it. */
    @GetMapping("/api/v1/usage")
    Listed usage() {
        return new Listed(report.newest());
    }

    record Listed(List<Usage> usage) {}
}
