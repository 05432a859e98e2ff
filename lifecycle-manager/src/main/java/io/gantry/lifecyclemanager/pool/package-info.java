/** Machines that are in the fleet because a pool has them. */
@NullMarked
package io.gantry.lifecyclemanager.pool;

import org.jspecify.annotations.NullMarked;
