package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.contract.fleet.PreparedMachine;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Which machines there are, and which of them are to be nodes: those that are set, and those of the fleet that run apps. What is set
 * outweighs what is told of a machine of the same name.
 */
@Component
class Machines {
    private static final Logger log = LoggerFactory.getLogger(Machines.class);

    private final List<NodeSettings> fixed;
    private final Set<NodeId> fixedIds;
    private final MachineTable table;
    private final ApplicationEventPublisher inside;

    Machines(FleetSettings fleet, MachineTable table, ApplicationEventPublisher inside) {
        this.fixed = fleet.nodes();
        this.fixedIds = fixed.stream().map(NodeSettings::id).collect(Collectors.toSet());
        this.table = table;
        this.inside = inside;
    }

    /** Said inside this service: it came, is set otherwise than before, or is a node no more. */
    record Changed(NodeId node) {}

    void told(PreparedMachine machine) {
        table.save(machine);
        tell(machine.id());
    }

    void gone(NodeId machine) {
        table.delete(machine);
        tell(machine);
    }

    private void tell(NodeId machine) {
        if (fixedIds.contains(machine)) {
            log.warn("{} is set in gantry.nodes: what is told of a machine of this name is passed over", machine);
        } else {
            inside.publishEvent(new Changed(machine));
        }
    }

    /** Those that are to be nodes. */
    List<NodeSettings> nodes() {
        return those(PreparedMachine::runsApps);
    }

    /** Nodes or not. */
    List<NodeSettings> all() {
        return those(_ -> true);
    }

    private List<NodeSettings> those(Predicate<PreparedMachine> wanted) {
        Stream<NodeSettings> told = table.all().stream()
                .filter(machine -> !fixedIds.contains(machine.id()))
                .filter(wanted)
                .map(NodeSettings::of);
        return Stream.concat(fixed.stream(), told).toList();
    }
}
