package io.gantry.loadbalancer.placement;

import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** What a node must pass to take an instance, in the order in which a refusal is told. Each explains itself. */
enum Filter {
    READY("unreachable") {
        @Override
        boolean refuses(Node node, Share free, Demand demand) {
            return node.state() != NodeState.READY;
        }

        @Override
        String reason(Node node, Share free, Demand demand) {
            return "its Docker Engine has not answered since " + node.since();
        }
    },
    CORDONED("cordoned") {
        @Override
        boolean refuses(Node node, Share free, Demand demand) {
            return node.cordoned();
        }

        @Override
        String reason(Node node, Share free, Demand demand) {
            return "it is cordoned: it takes no new instances";
        }
    },
    LABELS("without the labels") {
        @Override
        boolean refuses(Node node, Share free, Demand demand) {
            return !node.labels().entrySet().containsAll(demand.labels().entrySet());
        }

        @Override
        String reason(Node node, Share free, Demand demand) {
            return "its labels are %s, asked for are %s"
                    .formatted(new TreeMap<>(node.labels()), new TreeMap<>(demand.labels()));
        }
    },
    HOME("away from the rest of its app") {
        @Override
        boolean refuses(Node node, Share free, Demand demand) {
            return demand.home() != null && !demand.home().equals(node.id());
        }

        @Override
        String reason(Node node, Share free, Demand demand) {
            return "the rest of %s is on %s, and services of an app reach each other on one node"
                    .formatted(demand.service().app(), demand.home());
        }
    },
    AVOID("where it has just failed") {
        @Override
        boolean refuses(Node node, Share free, Demand demand) {
            return demand.avoid().contains(node.id());
        }

        @Override
        String reason(Node node, Share free, Demand demand) {
            return "the instance has just failed there";
        }
    },
    CAPACITY("without room") {
        @Override
        boolean refuses(Node node, Share free, Demand demand) {
            return !demand.room().fitsIn(free);
        }

        @Override
        String reason(Node node, Share free, Demand demand) {
            String shortage = demand.room().shortageIn(free, Share.of(node.cpus(), node.memory()));
            return demand.isOfAnApp()
                    ? "all of %s goes to one node: %s"
                            .formatted(demand.service().app(), shortage)
                    : shortage;
        }
    };

    private final String refused;

    Filter(String refused) {
        this.refused = refused;
    }

    static Optional<Filter> firstToRefuse(Node node, Share free, Demand demand) {
        return Arrays.stream(values())
                .filter(filter -> filter.refuses(node, free, demand))
                .findFirst();
    }

    abstract boolean refuses(Node node, Share free, Demand demand);

    /** A sentence with the figures; only for what it refuses. */
    abstract String reason(Node node, Share free, Demand demand);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the nodes it refuses are counted: {@code 2 without room}. */
    String counted(long nodes) {
        return nodes + " " + refused;
    }
}
