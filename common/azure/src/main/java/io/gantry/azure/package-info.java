/** The machines of a fleet as virtual machines of Azure. */
@NullMarked
package io.gantry.azure;

import org.jspecify.annotations.NullMarked;
