/** A Docker Engine on a machine, installed and set up over SSH. */
@NullMarked
package io.gantry.machines.docker;

import org.jspecify.annotations.NullMarked;
