/** Who we are to a container registry. */
@NullMarked
package io.gantry.registry;

import org.jspecify.annotations.NullMarked;
