/** What instances write: read from their engines, made safe to show, merged. */
@NullMarked
package io.gantry.nodemanager.log;

import org.jspecify.annotations.NullMarked;
