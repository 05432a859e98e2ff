/** Whether so much is down that healing would make it worse. */
@NullMarked
package io.gantry.monitoring.meltdown;

import org.jspecify.annotations.NullMarked;
