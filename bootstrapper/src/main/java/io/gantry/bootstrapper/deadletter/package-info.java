/** Messages between services that could not be read or handled. */
@NullMarked
package io.gantry.bootstrapper.deadletter;

import org.jspecify.annotations.NullMarked;
