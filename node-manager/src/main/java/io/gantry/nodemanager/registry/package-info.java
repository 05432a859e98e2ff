/** Which instances there are: what the deployer says of them, what is seen of their containers, and what follows. */
@NullMarked
package io.gantry.nodemanager.registry;

import org.jspecify.annotations.NullMarked;
