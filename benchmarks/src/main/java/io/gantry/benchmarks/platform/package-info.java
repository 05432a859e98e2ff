/** Gantry under test: standalone on a state directory and ports of its own, driven over REST like any user does. */
@NullMarked
package io.gantry.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
