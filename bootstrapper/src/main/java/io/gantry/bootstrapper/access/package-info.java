/** Who may use a fleet, and which fleet is meant. */
@NullMarked
package io.gantry.bootstrapper.access;

import org.jspecify.annotations.NullMarked;
