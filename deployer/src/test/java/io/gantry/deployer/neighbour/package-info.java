/** Stand-ins for the services around the deployer, over the real topics. */
@NullMarked
package io.gantry.deployer.neighbour;

import org.jspecify.annotations.NullMarked;
