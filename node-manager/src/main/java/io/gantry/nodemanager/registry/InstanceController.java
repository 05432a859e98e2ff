package io.gantry.nodemanager.registry;

import io.gantry.contract.registry.Instance;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class InstanceController {
    private final Registry registry;

    InstanceController(Registry registry) {
        this.registry = registry;
    }

    /** All of them, or those of an app, a service, a node, in a state. */
    @GetMapping("/api/v1/instances")
    Listed instances(InstanceFilter filter) {
        return new Listed(registry.matching(filter));
    }

    record Listed(List<Instance> instances) {}
}
