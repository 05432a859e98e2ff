package io.gantry.bootstrapper.instance;

import static io.gantry.bootstrapper.platform.PlatformService.NODE_MANAGER;

import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Sizes;
import io.gantry.bootstrapper.terminal.Table;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.NodeState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code gantry nodes}. */
@Command(name = "nodes", description = "List the machines that instances run on.")
public final class NodesCommand implements Callable<Integer> {
    private final Session session;

    private record Listed(List<Known> nodes) {}

    /** @param problem what is wrong with it, a sentence: why it can't be reached, or that its clock is wrong */
    private record Known(
            NodeId id,
            String address,
            double cpus,
            Memory memory,
            Map<String, String> labels,
            NodeState state,
            boolean cordoned,
            Instant since,
            @Nullable String problem) {
        String condition() {
            String said = cordoned ? state + ", cordoned" : state.toString();
            return problem == null ? said : said + " (" + problem + ")";
        }

        String labelled() {
            return labels.entrySet().stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
        }
    }

    public NodesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Route route = Route.to(NODE_MANAGER, "nodes");
        return session.show(session.platform().get(route), Listed.class, listed -> tell(listed.nodes()));
    }

    private void tell(List<Known> nodes) {
        if (nodes.isEmpty()) {
            session.terminal().say("There is no node: nothing can run.");
            return;
        }
        var table = new Table("NODE", "ADDRESS", "CPUS", "MEMORY", "STATE", "SINCE", "LABELS");
        for (Known node : nodes) {
            table.row(
                    node.id(),
                    node.address(),
                    node.cpus(),
                    Sizes.of(node.memory().bytes()),
                    node.condition(),
                    session.age(node.since()),
                    node.labelled());
        }
        table.lines().forEach(session.terminal()::data);
    }
}
