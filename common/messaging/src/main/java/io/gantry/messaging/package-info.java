/** Messages between services: applied once, sent after commit, set aside when they can't be read. */
@NullMarked
package io.gantry.messaging;

import org.jspecify.annotations.NullMarked;
