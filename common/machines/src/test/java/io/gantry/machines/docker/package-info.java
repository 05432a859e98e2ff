/** Docker, prepared on real machines. */
@NullMarked
package io.gantry.machines.docker;

import org.jspecify.annotations.NullMarked;
