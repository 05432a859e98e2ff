/** Apps, listed and removed. */
@NullMarked
package io.gantry.scheduler.app;

import org.jspecify.annotations.NullMarked;
