/** What must happen at its time, whoever is alive then. */
@NullMarked
package io.gantry.scheduler.work;

import org.jspecify.annotations.NullMarked;
