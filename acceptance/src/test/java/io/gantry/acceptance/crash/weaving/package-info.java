/** Makes a copy of the platform's code in which chosen methods tell that they begin and end. The product itself knows nothing of it. */
@NullMarked
package io.gantry.acceptance.crash.weaving;

import org.jspecify.annotations.NullMarked;
