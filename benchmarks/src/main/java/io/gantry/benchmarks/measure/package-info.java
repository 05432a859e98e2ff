/** What a measurement is: series of samples, how they compare, and what was asked of them. */
@NullMarked
package io.gantry.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
