/** Calls to the Docker Engine through SSH against calls through the local socket. */
@NullMarked
package io.gantry.benchmarks.ssh;

import org.jspecify.annotations.NullMarked;
