/** Instances on nodes: started, verified, removed. */
@NullMarked
package io.gantry.deployer.rollout;

import org.jspecify.annotations.NullMarked;
