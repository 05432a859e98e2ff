/** The platform's foundations survive what happens to processes; the whole starts, is ready, and refuses a double. */
@NullMarked
package io.gantry.standalone;

import org.jspecify.annotations.NullMarked;
