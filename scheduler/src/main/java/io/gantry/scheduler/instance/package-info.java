/** What runs, as the node-manager says. */
@NullMarked
package io.gantry.scheduler.instance;

import org.jspecify.annotations.NullMarked;
