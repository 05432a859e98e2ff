/** Which apps and services there are. */
@NullMarked
package io.gantry.scheduler.catalog;

import org.jspecify.annotations.NullMarked;
