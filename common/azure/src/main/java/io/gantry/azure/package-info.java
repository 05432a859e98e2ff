/** A fleet in Azure: its machines as virtual machines, the rights that they have, what all of it costs. */
@NullMarked
package io.gantry.azure;

import org.jspecify.annotations.NullMarked;
