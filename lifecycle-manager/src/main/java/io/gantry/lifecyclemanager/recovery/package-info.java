/** Recovery of what monitoring found down. */
@NullMarked
package io.gantry.lifecyclemanager.recovery;

import org.jspecify.annotations.NullMarked;
