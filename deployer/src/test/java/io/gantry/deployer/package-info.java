/** The deployer among stand-ins for its neighbours. */
@NullMarked
package io.gantry.deployer;

import org.jspecify.annotations.NullMarked;
