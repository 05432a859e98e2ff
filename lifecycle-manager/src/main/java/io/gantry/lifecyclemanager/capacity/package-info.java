/** Has machines of pools come while capacity is short, and go when they are idle. */
@NullMarked
package io.gantry.lifecyclemanager.capacity;

import org.jspecify.annotations.NullMarked;
