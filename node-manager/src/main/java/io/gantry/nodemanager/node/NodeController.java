package io.gantry.nodemanager.node;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gantry.contract.registry.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NodeController {
    private final Nodes nodes;

    NodeController(Nodes nodes) {
        this.nodes = nodes;
    }

    @GetMapping("/api/v1/nodes")
    Listed nodes() {
        return new Listed(nodes.all().stream()
                .map(known -> new Shown(known.node(), known.problem()))
                .toList());
    }

    record Listed(List<Shown> nodes) {}

    /** @param problem what is wrong with it, a sentence: why it can't be reached, or that its clock is wrong */
    record Shown(@JsonUnwrapped Node node, @Nullable String problem) {}
}
