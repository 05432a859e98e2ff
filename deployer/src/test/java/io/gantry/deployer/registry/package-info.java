/** A container registry to be asked, real HTTP without containers. */
@NullMarked
package io.gantry.deployer.registry;

import org.jspecify.annotations.NullMarked;
