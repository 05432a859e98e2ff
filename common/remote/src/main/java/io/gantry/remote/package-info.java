/** A Docker Engine wherever it is: behind a socket of this machine, or behind an SSH session to its node. */
@NullMarked
package io.gantry.remote;

import org.jspecify.annotations.NullMarked;
