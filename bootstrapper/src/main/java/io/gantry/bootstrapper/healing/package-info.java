/** What is down, what was done about it, and restarts by hand. */
@NullMarked
package io.gantry.bootstrapper.healing;

import org.jspecify.annotations.NullMarked;
