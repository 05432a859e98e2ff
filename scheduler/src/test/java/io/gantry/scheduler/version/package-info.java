/** Uploads, good and bad, over HTTP. */
@NullMarked
package io.gantry.scheduler.version;

import org.jspecify.annotations.NullMarked;
