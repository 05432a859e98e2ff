@NullMarked
package io.gantry.lifecyclemanager.fleet;

import org.jspecify.annotations.NullMarked;
