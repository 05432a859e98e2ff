package io.gantry.loadbalancer.placement;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;

/** A set of spots to draw from: quick to ask and to pick from, slower to change, for nodes change seldom. */
final class Pool {
    private static final Comparator<Spot> ORDER = Comparator.comparingInt(Spot::index);

    private final BitSet contained = new BitSet();
    private Spot[] members = {};

    int size() {
        return members.length;
    }

    /** In the order of their indexes, so that an exhaustive search always goes the same way. */
    Spot at(int position) {
        return members[position];
    }

    boolean contains(Spot spot) {
        return contained.get(spot.index());
    }

    void add(Spot spot) {
        if (contains(spot)) {
            return;
        }
        int position = -1 - Arrays.binarySearch(members, spot, ORDER);
        Spot[] more = Arrays.copyOf(members, members.length + 1);
        System.arraycopy(members, position, more, position + 1, members.length - position);
        more[position] = spot;
        members = more;
        contained.set(spot.index());
    }

    void remove(Spot spot) {
        if (!contains(spot)) {
            return;
        }
        int position = Arrays.binarySearch(members, spot, ORDER);
        Spot[] fewer = Arrays.copyOf(members, members.length - 1);
        System.arraycopy(members, position + 1, fewer, position, fewer.length - position);
        members = fewer;
        contained.clear(spot.index());
    }
}
