/** Keys, pins and patience; and a fleet of real machines to test with. */
@NullMarked
package io.gantry.machines;

import org.jspecify.annotations.NullMarked;
