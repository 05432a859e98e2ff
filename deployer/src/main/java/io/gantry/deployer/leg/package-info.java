/** One service's way through one request: a pure state machine, and the loop that saves what it decides. */
@NullMarked
package io.gantry.deployer.leg;

import org.jspecify.annotations.NullMarked;
