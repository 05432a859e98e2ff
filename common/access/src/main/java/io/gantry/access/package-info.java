/** Who may use a fleet: API keys, checked at every request. */
@NullMarked
package io.gantry.access;

import org.jspecify.annotations.NullMarked;
