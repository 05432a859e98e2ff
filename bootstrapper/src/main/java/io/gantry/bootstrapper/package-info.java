/** The command line: its verbs, put together. */
@NullMarked
package io.gantry.bootstrapper;

import org.jspecify.annotations.NullMarked;
