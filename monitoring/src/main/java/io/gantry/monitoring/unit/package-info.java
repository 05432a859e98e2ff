/** What is judged, and how it was last seen. */
@NullMarked
package io.gantry.monitoring.unit;

import org.jspecify.annotations.NullMarked;
