/** A resource manager of Azure that is none: what it is asked and answers is the real one's, its machines are whatever a test gives it. */
@NullMarked
package io.gantry.testkit.azure;

import org.jspecify.annotations.NullMarked;
