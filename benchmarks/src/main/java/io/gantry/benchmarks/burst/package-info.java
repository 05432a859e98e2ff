/** What becomes of many requests at once. */
@NullMarked
package io.gantry.benchmarks.burst;

import org.jspecify.annotations.NullMarked;
