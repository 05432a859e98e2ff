/** What was decided, from what, and why: kept for whoever asks. */
@NullMarked
package io.gantry.loadbalancer.decision;

import org.jspecify.annotations.NullMarked;
