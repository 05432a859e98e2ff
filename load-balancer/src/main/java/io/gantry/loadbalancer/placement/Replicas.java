package io.gantry.loadbalancer.placement;

import java.util.Arrays;

/** How many instances of one service each node has: an open hash table of plain numbers, read on the hot path. */
final class Replicas {
    private static final int FREE = -1;

    private int[] nodes = emptySlots(8);
    private int[] counts = new int[8];
    private int used;

    int on(int node) {
        int slot = slotOf(node);
        return nodes[slot] == FREE ? 0 : counts[slot];
    }

    void add(int node, int change) {
        int slot = slotOf(node);
        if (nodes[slot] == FREE) {
            nodes[slot] = node;
            counts[slot] = change;
            growWhenHalfFull();
        } else {
            counts[slot] += change;
        }
    }

    private int slotOf(int node) {
        int mask = nodes.length - 1;
        int slot = ((node * 0x9E3779B9) >>> 8) & mask;
        while (nodes[slot] != node && nodes[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void growWhenHalfFull() {
        if (++used * 2 <= nodes.length) {
            return;
        }
        int[] oldNodes = nodes;
        int[] oldCounts = counts;
        nodes = emptySlots(oldNodes.length * 2);
        counts = new int[nodes.length];
        used = 0;
        for (int slot = 0; slot < oldNodes.length; slot++) {
            if (oldNodes[slot] != FREE && oldCounts[slot] != 0) {
                add(oldNodes[slot], oldCounts[slot]);
            }
        }
    }

    private static int[] emptySlots(int count) {
        int[] slots = new int[count];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
