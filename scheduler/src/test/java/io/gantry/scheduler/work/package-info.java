/** Apps, listed and removed. */
@NullMarked
package io.gantry.scheduler.work;

import org.jspecify.annotations.NullMarked;
