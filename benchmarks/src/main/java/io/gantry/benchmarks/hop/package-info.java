/** How long a message is on its way from one service's decision to another's listener. */
@NullMarked
package io.gantry.benchmarks.hop;

import org.jspecify.annotations.NullMarked;
