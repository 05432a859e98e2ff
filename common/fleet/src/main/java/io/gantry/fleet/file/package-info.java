/** From the text of a fleet.yaml to a fleet, or to all that is wrong with it. */
@NullMarked
package io.gantry.fleet.file;

import org.jspecify.annotations.NullMarked;
