/** One command that measures Gantry against its peers, side by side in the same run. */
@NullMarked
package io.gantry.benchmarks;

import org.jspecify.annotations.NullMarked;
