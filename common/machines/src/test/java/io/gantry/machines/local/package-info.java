/** Real machines on this machine's engine. */
@NullMarked
package io.gantry.machines.local;

import org.jspecify.annotations.NullMarked;
