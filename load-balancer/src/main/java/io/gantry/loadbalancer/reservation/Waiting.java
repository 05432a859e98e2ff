package io.gantry.loadbalancer.reservation;

import io.gantry.contract.placement.PlacementRequest.Place;
import java.time.Instant;

/** A request that no node fits now. */
record Waiting(Place place, Instant since) {}
