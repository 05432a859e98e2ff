package io.gantry.lifecyclemanager.operation;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.Failure;
import io.gantry.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells what became of what was asked for. */
@RestController
class OperationController {
    private final Operations operations;

    OperationController(Operations operations) {
        this.operations = operations;
    }

    @GetMapping("/api/v1/operations/{token}")
    Shown operation(@PathVariable DeploymentToken token) {
        return operations
                .find(token)
                .map(Shown::of)
                .orElseThrow(() ->
                        ProblemException.notFound("OPERATION_NOT_FOUND", "There is no operation %s.".formatted(token)));
    }

    /** @param state {@code RUNNING}, or how it ended */
    record Shown(
            DeploymentToken token,
            Operation.Kind kind,
            String what,
            String state,
            Instant requestedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure) {
        static Shown of(Operation operation) {
            return new Shown(
                    operation.token(),
                    operation.kind(),
                    operation.what(),
                    operation.outcome() == null
                            ? "RUNNING"
                            : operation.outcome().name(),
                    operation.requestedAt(),
                    operation.finishedAt(),
                    operation.failure());
        }
    }
}
