/** How news of changes get to whoever watches. */
@NullMarked
package io.gantry.scheduler.live;

import org.jspecify.annotations.NullMarked;
