/** How long one service of the platform takes to start, and what it takes. */
@NullMarked
package io.gantry.benchmarks.start;

import org.jspecify.annotations.NullMarked;
