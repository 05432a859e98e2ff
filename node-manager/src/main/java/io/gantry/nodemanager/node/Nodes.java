package io.gantry.nodemanager.node;

import static io.gantry.contract.registry.NodeState.READY;
import static io.gantry.contract.registry.NodeState.UNREACHABLE;

import com.github.dockerjava.api.model.Info;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The nodes as they are known to be. Every change is told to others in the transaction that makes it. */
@Component
public class Nodes {
    private static final Logger log = LoggerFactory.getLogger(Nodes.class);
    private static final Memory UNKNOWN_MEMORY = new Memory(0);

    private final NodeTable table;
    private final Outbox outbox;
    private final InstantSource clock;
    private final WatchSettings settings;

    Nodes(NodeTable table, Outbox outbox, InstantSource clock, WatchSettings settings) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * @param engine what its engine says of itself
     * @param problem what is wrong with it though it can be used, a sentence
     */
    @Transactional
    public Node ready(NodeSettings set, Info engine, @Nullable String problem) {
        double cpus = Objects.requireNonNullElseGet(
                set.cpus(),
                () -> Objects.requireNonNullElse(engine.getNCPU(), 0).doubleValue());
        Memory memory = Objects.requireNonNullElseGet(set.memory(), () -> withoutReserve(engine));
        return save(set, cpus, memory, READY, problem);
    }

    /** @param problem why it can't be reached, a sentence */
    @Transactional
    public void lost(NodeSettings set, String problem) {
        Optional<Node> known = table.find(set.id()).map(NodeTable.Known::node);
        double cpus = Objects.requireNonNullElseGet(
                set.cpus(), () -> known.map(Node::cpus).orElse(0.0));
        Memory memory = Objects.requireNonNullElseGet(
                set.memory(), () -> known.map(Node::memory).orElse(UNKNOWN_MEMORY));
        save(set, cpus, memory, UNREACHABLE, problem);
    }

    /** It is set otherwise than before: what does not depend on its engine is told at once. */
    @Transactional
    public void reset(NodeSettings set) {
        table.find(set.id()).ifPresent(known -> {
            Node node = known.node();
            double cpus = Objects.requireNonNullElse(set.cpus(), node.cpus());
            Memory memory = Objects.requireNonNullElse(set.memory(), node.memory());
            save(set, cpus, memory, node.state(), known.problem());
        });
    }

    /** @return those that were known and are set no more */
    @Transactional
    public List<NodeId> keepOnly(Collection<NodeId> set) {
        List<NodeId> gone = table.all().stream()
                .map(known -> known.node().id())
                .filter(id -> !set.contains(id))
                .toList();
        gone.forEach(this::delete);
        return gone;
    }

    /** Tells everything again, for whoever lost it. */
    @Transactional
    public void tellAll() {
        table.all().forEach(known -> tell(known.node()));
    }

    public boolean isReady(NodeId node) {
        return table.find(node).filter(known -> known.node().state() == READY).isPresent();
    }

    List<NodeTable.Known> all() {
        return table.all();
    }

    private Node save(NodeSettings set, double cpus, Memory memory, NodeState state, @Nullable String problem) {
        Optional<Node> known = table.find(set.id()).map(NodeTable.Known::node);
        boolean sameState = known.filter(node -> node.state() == state).isPresent();
        Node node = new Node(
                set.id(),
                set.engine(),
                set.hostKey(),
                set.reachedAt(),
                cpus,
                memory,
                set.labels(),
                state,
                set.cordoned(),
                sameState ? known.orElseThrow().since() : clock.instant());
        table.save(node, problem);
        if (!sameState) {
            log.info("Node {} is {}{}", node.id(), state, problem == null ? "" : ": " + problem);
        }
        if (!known.equals(Optional.of(node))) {
            tell(node);
        }
        return node;
    }

    private void delete(NodeId id) {
        table.delete(id);
        outbox.tombstone(Topics.NODES, id.value());
    }

    private void tell(Node node) {
        outbox.send(Topics.NODES, node.id().value(), node);
    }

    private Memory withoutReserve(Info engine) {
        long total = Objects.requireNonNullElse(engine.getMemTotal(), 0L);
        return new Memory(Math.max(0, total - settings.memoryReserve().bytes()));
    }
}
