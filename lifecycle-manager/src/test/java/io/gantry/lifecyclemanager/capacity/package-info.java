@NullMarked
package io.gantry.lifecyclemanager.capacity;

import org.jspecify.annotations.NullMarked;
