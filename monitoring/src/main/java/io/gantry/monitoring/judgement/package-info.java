/** What is heard of units, and what follows from it. */
@NullMarked
package io.gantry.monitoring.judgement;

import org.jspecify.annotations.NullMarked;
