/** The platform's own services as containers of its machines: what each is told, how it runs, what its image is made from. */
@NullMarked
package io.gantry.machines.platform;

import org.jspecify.annotations.NullMarked;
