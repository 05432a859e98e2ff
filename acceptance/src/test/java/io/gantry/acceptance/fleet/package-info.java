/** A fleet from outside: what it is to bring up, to deploy to, and to disturb. Each class is a part of {@code FleetIT}, on the one fleet. */
@NullMarked
package io.gantry.acceptance.fleet;

import org.jspecify.annotations.NullMarked;
