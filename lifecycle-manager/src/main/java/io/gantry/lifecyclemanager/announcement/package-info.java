/** Tells the other services of machines and replicas. */
@NullMarked
package io.gantry.lifecyclemanager.announcement;

import org.jspecify.annotations.NullMarked;
