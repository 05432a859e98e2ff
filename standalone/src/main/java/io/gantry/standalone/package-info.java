/** Every service in one JVM, with what they need inside or beside it. */
@NullMarked
package io.gantry.standalone;

import org.jspecify.annotations.NullMarked;
