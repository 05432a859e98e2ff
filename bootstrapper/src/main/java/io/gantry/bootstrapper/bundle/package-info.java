/** From a folder to the zips that are uploaded, one a service. */
@NullMarked
package io.gantry.bootstrapper.bundle;

import org.jspecify.annotations.NullMarked;
