package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.fleet.Fleet;
import io.gantry.lifecyclemanager.replica.Replica;
import java.util.Map;

/**
 * What is to be.
 *
 * @param digests of the descriptions of those replicas whose description is known; some know it only once other machines
 *     have an address
 */
record Desired(Fleet fleet, Assignment assignment, Map<Replica, String> digests) {
    Desired {
        digests = Map.copyOf(digests);
    }
}
