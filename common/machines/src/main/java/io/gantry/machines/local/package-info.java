/** Machines that are containers of this engine. */
@NullMarked
package io.gantry.machines.local;

import org.jspecify.annotations.NullMarked;
