/** The whole of Gantry from outside: what an app developer asks for over REST and the command line, and what then is there. */
@NullMarked
package io.gantry.acceptance;

import org.jspecify.annotations.NullMarked;
