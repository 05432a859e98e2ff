/** Which nodes there are, and the watch that is kept over the engine of each. */
@NullMarked
package io.gantry.nodemanager.node;

import org.jspecify.annotations.NullMarked;
