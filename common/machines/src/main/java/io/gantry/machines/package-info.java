/** Machines: where they come from, by which key they are known, and how commands run on them. */
@NullMarked
package io.gantry.machines;

import org.jspecify.annotations.NullMarked;
