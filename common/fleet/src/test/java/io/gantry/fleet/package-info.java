/** The model by itself: the order in which services start. */
@NullMarked
package io.gantry.fleet;

import org.jspecify.annotations.NullMarked;
