/** Restarts that a person asks for. */
@NullMarked
package io.gantry.lifecyclemanager.restart;

import org.jspecify.annotations.NullMarked;
