/** Builds, pushes, places, runs, verifies, registers, stops and scales. */
@NullMarked
package io.gantry.deployer;

import org.jspecify.annotations.NullMarked;
