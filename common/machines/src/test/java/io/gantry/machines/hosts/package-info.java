/** Real machines, given as hosts. */
@NullMarked
package io.gantry.machines.hosts;

import org.jspecify.annotations.NullMarked;
