/** How long it takes from one instance of a service to ten. */
@NullMarked
package io.gantry.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
