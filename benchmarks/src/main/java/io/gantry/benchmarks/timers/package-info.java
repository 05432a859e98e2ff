/** How punctual schedules are when there are many of them. */
@NullMarked
package io.gantry.benchmarks.timers;

import org.jspecify.annotations.NullMarked;
