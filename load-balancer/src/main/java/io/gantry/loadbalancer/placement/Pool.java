package io.gantry.loadbalancer.placement;

import java.util.Arrays;
import java.util.BitSet;

/** A set of nodes to draw from: quick to ask and to pick from, slower to change, for nodes change seldom. */
final class Pool {
    private final BitSet contained = new BitSet();
    private int[] members = {};

    int size() {
        return members.length;
    }

    /** In ascending order, so that an exhaustive search always goes the same way. */
    int at(int position) {
        return members[position];
    }

    boolean contains(int node) {
        return contained.get(node);
    }

    void add(int node) {
        if (contains(node)) {
            return;
        }
        int position = -1 - Arrays.binarySearch(members, node);
        int[] more = Arrays.copyOf(members, members.length + 1);
        System.arraycopy(members, position, more, position + 1, members.length - position);
        more[position] = node;
        members = more;
        contained.set(node);
    }

    void remove(int node) {
        if (!contains(node)) {
            return;
        }
        int position = Arrays.binarySearch(members, node);
        int[] fewer = Arrays.copyOf(members, members.length - 1);
        System.arraycopy(members, position + 1, fewer, position, fewer.length - position);
        members = fewer;
        contained.clear(node);
    }
}
