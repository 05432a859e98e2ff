/** How long it takes from the request to run a service to its container's start. */
@NullMarked
package io.gantry.benchmarks.run;

import org.jspecify.annotations.NullMarked;
