package io.gantry.loadbalancer.placement;

import java.util.Arrays;

/** How many instances of one service each node has: an open hash table of plain numbers, read on the hot path. */
final class Replicas {
    private static final int FREE = -1;

    /** Pairs of a spot's index and its count, together so that both are read at once. */
    private int[] slots = freeSlots(8);

    private int used;

    int on(Spot spot) {
        int slot = slotOf(spot.index());
        return slots[slot] == FREE ? 0 : slots[slot + 1];
    }

    void add(Spot spot, int change) {
        add(spot.index(), change);
    }

    private void add(int index, int change) {
        int slot = slotOf(index);
        if (slots[slot] != FREE) {
            slots[slot + 1] += change;
            return;
        }
        slots[slot] = index;
        slots[slot + 1] = change;
        if (++used * 4 > slots.length) {
            grow();
        }
    }

    private int slotOf(int index) {
        int mask = slots.length - 2;
        int slot = ((index * 0x9E3779B9) >>> 8) & mask;
        while (slots[slot] != index && slots[slot] != FREE) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] old = slots;
        slots = freeSlots(old.length);
        used = 0;
        for (int slot = 0; slot < old.length; slot += 2) {
            if (old[slot] != FREE && old[slot + 1] != 0) {
                add(old[slot], old[slot + 1]);
            }
        }
    }

    private static int[] freeSlots(int pairs) {
        int[] slots = new int[2 * pairs];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
