/** Keeps what runs running: restarts on request, and recovers what monitoring found down. */
@NullMarked
package io.gantry.lifecyclemanager;

import org.jspecify.annotations.NullMarked;
