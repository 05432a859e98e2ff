/** What does not fit a published JSON Schema, in sentences; and the defaults that the schema holds. */
@NullMarked
package io.gantry.schema;

import org.jspecify.annotations.NullMarked;
