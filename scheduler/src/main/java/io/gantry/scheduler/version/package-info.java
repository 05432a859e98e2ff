/** Uploads: a bundle is received, checked and stored once, as a version of a service. */
@NullMarked
package io.gantry.scheduler.version;

import org.jspecify.annotations.NullMarked;
