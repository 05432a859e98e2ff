/** What monitoring asks of the lifecycle manager where something is down, and what came of it. */
@NullMarked
package io.gantry.contract.healing;

import org.jspecify.annotations.NullMarked;
