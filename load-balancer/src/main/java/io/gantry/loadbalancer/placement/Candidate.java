package io.gantry.loadbalancer.placement;

import io.gantry.contract.NodeId;

/**
 * A node that fits, and how well.
 *
 * @param load how full its scarcer resource would be with the instance on it: 1 is full
 * @param replicas instances of the service that are there already
 */
public record Candidate(NodeId node, double load, int replicas) {}
