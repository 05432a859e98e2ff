/** One service's way through one request: a pure state machine. */
@NullMarked
package io.gantry.deployer.leg;

import org.jspecify.annotations.NullMarked;
