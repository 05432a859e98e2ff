package io.gantry.lifecyclemanager.replica;

import io.gantry.lifecyclemanager.OnlyInFleet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells where the services of the platform are, and how they were seen last. */
@RestController
@OnlyInFleet
class ReplicaController {
    private final ReplicaTable replicas;

    ReplicaController(ReplicaTable replicas) {
        this.replicas = replicas;
    }

    @GetMapping("/api/v1/services")
    Listed services() {
        return new Listed(replicas.all().stream().map(Shown::of).toList());
    }

    record Listed(List<Shown> services) {}

    record Shown(
            String name,
            String machine,
            @Nullable String address,
            int port,
            ReplicaRow.State state,
            @Nullable Instant since,
            @Nullable String problem) {
        static Shown of(ReplicaRow row) {
            return new Shown(
                    row.replica().service(),
                    row.replica().machine(),
                    row.address(),
                    row.port(),
                    row.state(),
                    row.since(),
                    row.problem());
        }
    }
}
