/** The Docker Engine of this machine as the yardstick: plain containers, Swarm services, the event stream. */
@NullMarked
package io.gantry.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
