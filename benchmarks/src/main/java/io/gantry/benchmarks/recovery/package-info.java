/** From the death of an app's container to its answering again. */
@NullMarked
package io.gantry.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
