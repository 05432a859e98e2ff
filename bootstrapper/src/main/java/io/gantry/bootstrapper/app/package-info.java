/** Apps: which there are, where they are reached, and the end of one. */
@NullMarked
package io.gantry.bootstrapper.app;

import org.jspecify.annotations.NullMarked;
