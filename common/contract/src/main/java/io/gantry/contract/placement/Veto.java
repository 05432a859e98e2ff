package io.gantry.contract.placement;

import io.gantry.contract.NodeId;

/**
 * Why a node was refused.
 *
 * @param filter which rule refused it: {@code ready}, {@code cordoned}, {@code labels}, {@code capacity}
 * @param reason a sentence with the figures
 */
public record Veto(NodeId node, String filter, String reason) {}
