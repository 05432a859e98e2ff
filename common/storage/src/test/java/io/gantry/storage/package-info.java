/** What every blob store does, tried on each. */
@NullMarked
package io.gantry.storage;

import org.jspecify.annotations.NullMarked;
