/** How fast a big zip is taken in, and how much memory that takes. */
@NullMarked
package io.gantry.benchmarks.upload;

import org.jspecify.annotations.NullMarked;
