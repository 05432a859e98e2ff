/** How many requests the platform takes from the front door to their end, and how long each takes. */
@NullMarked
package io.gantry.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
