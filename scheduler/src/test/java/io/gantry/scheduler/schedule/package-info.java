/** Schedules, by a clock that tests move and by the real one. */
@NullMarked
package io.gantry.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
