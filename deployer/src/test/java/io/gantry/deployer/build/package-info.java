/** From a bundle to an image in the container registry. */
@NullMarked
package io.gantry.deployer.build;

import org.jspecify.annotations.NullMarked;
