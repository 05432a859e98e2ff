/** Which node is best for one instance: pure, in memory, a million decisions a second. */
@NullMarked
package io.gantry.loadbalancer.placement;

import org.jspecify.annotations.NullMarked;
