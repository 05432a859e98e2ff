/** Real engines, real SSH servers. */
@NullMarked
package io.gantry.remote;

import org.jspecify.annotations.NullMarked;
