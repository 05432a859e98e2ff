/** Messages that could not be read or handled: which they are, why, and replaying them. */
@NullMarked
package io.gantry.monitoring.deadletter;

import org.jspecify.annotations.NullMarked;
