/** Machines that were there before Gantry. */
@NullMarked
package io.gantry.machines.hosts;

import org.jspecify.annotations.NullMarked;
