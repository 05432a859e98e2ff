/** Where the platform's services run. */
@NullMarked
package io.gantry.lifecyclemanager.replica;

import org.jspecify.annotations.NullMarked;
