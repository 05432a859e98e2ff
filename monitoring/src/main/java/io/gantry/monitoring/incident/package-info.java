/** One fault from when it is noticed until it is over: what follows from what is heard, and when. */
@NullMarked
package io.gantry.monitoring.incident;

import org.jspecify.annotations.NullMarked;
