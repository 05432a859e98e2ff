/** A service's zip, opened safely: nothing is unpacked, and nothing about it is believed that was not checked. */
@NullMarked
package io.gantry.bundle;

import org.jspecify.annotations.NullMarked;
