/** What people see: data on one stream, everything said along the way on the other. */
@NullMarked
package io.gantry.bootstrapper.terminal;

import org.jspecify.annotations.NullMarked;
