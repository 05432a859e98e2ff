/** How quickly and how well the placement core decides. */
@NullMarked
package io.gantry.benchmarks.placement;

import org.jspecify.annotations.NullMarked;
