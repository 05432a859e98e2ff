/** Which node is to run an instance: the conversation of deployer and load-balancer. */
@NullMarked
package io.gantry.contract.placement;

import org.jspecify.annotations.NullMarked;
