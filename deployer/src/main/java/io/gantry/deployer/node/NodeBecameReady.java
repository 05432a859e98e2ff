package io.gantry.deployer.node;

import io.gantry.contract.registry.Node;

/** A node answers that was not known, or did not answer, before. */
public record NodeBecameReady(Node node) {}
