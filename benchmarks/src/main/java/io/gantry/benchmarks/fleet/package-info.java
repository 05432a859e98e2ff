/** A whole fleet on this computer: how long it takes to come up, and what its parts take to come back. */
@NullMarked
package io.gantry.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
