/** Judges the health of what runs, opens incidents, and asks for recovery. */
@NullMarked
package io.gantry.monitoring;

import org.jspecify.annotations.NullMarked;
