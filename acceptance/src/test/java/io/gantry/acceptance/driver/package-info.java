/** How the tests start Gantry, talk to it, and look at what it did. */
@NullMarked
package io.gantry.acceptance.driver;

import org.jspecify.annotations.NullMarked;
