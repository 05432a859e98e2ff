/** The platform on this machine: started for as long as it is needed. */
@NullMarked
package io.gantry.bootstrapper.local;

import org.jspecify.annotations.NullMarked;
