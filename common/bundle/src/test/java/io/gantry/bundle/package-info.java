/** Bundles good and bad, written byte by byte where no archiver would write them. */
@NullMarked
package io.gantry.bundle;

import org.jspecify.annotations.NullMarked;
