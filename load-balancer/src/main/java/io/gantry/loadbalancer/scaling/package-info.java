/** Decides when a service needs more or fewer instances, by what they use or by hand, and asks the deployer for them. */
@NullMarked
package io.gantry.loadbalancer.scaling;

import org.jspecify.annotations.NullMarked;
