package io.gantry.loadbalancer.decision;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells what was decided, from what, and why. */
@RestController
class DecisionController {
    private static final int MOST = 500;

    private final Decisions decisions;

    DecisionController(Decisions decisions) {
        this.decisions = decisions;
    }

    /** The newest first. */
    @GetMapping("/api/v1/decisions")
    List<Decisions.Recorded> decisions(
            @RequestParam(required = false) @Nullable AppName app,
            @RequestParam(required = false) @Nullable ServiceName service,
            @RequestParam(required = false) @Nullable InstanceId instance,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            String right = "use 1 to " + MOST;
            throw ProblemException.badRequest(
                    "INVALID_PARAMETER",
                    "The value of \"limit\" is not valid: " + right,
                    new FieldProblem("limit", right));
        }
        return decisions.find(app, service, instance, limit);
    }
}
