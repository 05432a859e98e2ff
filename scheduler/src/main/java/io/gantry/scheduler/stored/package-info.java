/** How values stand in columns. */
@NullMarked
package io.gantry.scheduler.stored;

import org.jspecify.annotations.NullMarked;
