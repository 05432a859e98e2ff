/** What runs where: the conversation with the node-manager and the state it publishes. */
@NullMarked
package io.gantry.contract.registry;

import org.jspecify.annotations.NullMarked;
