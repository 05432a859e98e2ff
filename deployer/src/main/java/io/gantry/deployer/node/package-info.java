/** The nodes as the node-manager publishes them, and the way to their engines. */
@NullMarked
package io.gantry.deployer.node;

import org.jspecify.annotations.NullMarked;
