/** What a document is told that does not fit. */
@NullMarked
package io.gantry.schema;

import org.jspecify.annotations.NullMarked;
