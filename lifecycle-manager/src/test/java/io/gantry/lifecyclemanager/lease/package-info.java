@NullMarked
package io.gantry.lifecyclemanager.lease;

import org.jspecify.annotations.NullMarked;
