/** Tells whoever watches, in any instance of the scheduler, that something has changed. */
@NullMarked
package io.gantry.scheduler.live;

import org.jspecify.annotations.NullMarked;
