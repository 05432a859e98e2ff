/** How long the demonstration takes, from the command to its end. */
@NullMarked
package io.gantry.benchmarks.demo;

import org.jspecify.annotations.NullMarked;
