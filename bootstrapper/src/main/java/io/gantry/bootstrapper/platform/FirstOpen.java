package io.gantry.bootstrapper.platform;

import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The first of several ways that is not closed; it is tried first from then on. */
final class FirstOpen implements Way {
    private final List<Way> ways;
    private volatile Way before;

    /** @param ways at least one */
    FirstOpen(List<Way> ways) {
        this.ways = List.copyOf(ways);
        this.before = ways.getFirst();
    }

    @Override
    public URI to(URI address) throws ConnectException {
        List<UnreachableException> closed = new ArrayList<>();
        for (Way way : inOrder()) {
            try {
                URI there = way.to(address);
                before = way;
                return there;
            } catch (ConnectException nobodyThere) {
                before = way;
                throw nobodyThere;
            } catch (UnreachableException isClosed) {
                closed.add(isClosed);
            }
        }
        throw UnreachableException.behindAll(closed);
    }

    private List<Way> inOrder() {
        List<Way> order = new ArrayList<>(ways);
        Way first = before;
        order.remove(first);
        order.addFirst(first);
        return order;
    }
}
