/** Traces: what came of a request, through all services, in one picture. */
@NullMarked
package io.gantry.tracing;

import org.jspecify.annotations.NullMarked;
