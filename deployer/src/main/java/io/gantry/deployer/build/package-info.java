/** From a bundle to an image in the container registry, and what becomes of that when it is not needed any more. */
@NullMarked
package io.gantry.deployer.build;

import org.jspecify.annotations.NullMarked;
