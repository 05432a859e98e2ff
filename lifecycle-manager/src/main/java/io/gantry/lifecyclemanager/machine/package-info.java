/** What is known of the fleet's machines. */
@NullMarked
package io.gantry.lifecyclemanager.machine;

import org.jspecify.annotations.NullMarked;
