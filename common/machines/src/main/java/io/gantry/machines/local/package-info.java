/** Machines that are containers of one engine. */
@NullMarked
package io.gantry.machines.local;

import org.jspecify.annotations.NullMarked;
