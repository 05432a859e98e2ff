/** Apps as a whole: what they consist of, and how they are removed. */
@NullMarked
package io.gantry.scheduler.app;

import org.jspecify.annotations.NullMarked;
