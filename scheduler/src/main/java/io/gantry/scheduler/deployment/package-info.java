/** Requests to the deployer: asked for once, followed to their end. */
@NullMarked
package io.gantry.scheduler.deployment;

import org.jspecify.annotations.NullMarked;
