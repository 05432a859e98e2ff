/** Which of several lifecycle managers acts. */
@NullMarked
package io.gantry.lifecyclemanager.lease;

import org.jspecify.annotations.NullMarked;
