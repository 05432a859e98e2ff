/** How long it takes from a zip to an image in the container registry. */
@NullMarked
package io.gantry.benchmarks.build;

import org.jspecify.annotations.NullMarked;
