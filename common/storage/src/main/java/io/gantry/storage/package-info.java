/** Immutable blobs, stored and fetched as streams. */
@NullMarked
package io.gantry.storage;

import org.jspecify.annotations.NullMarked;
