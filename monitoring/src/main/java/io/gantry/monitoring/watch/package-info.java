/** Watches the fleet's machines and the platform's services: asks them each second, and judges what they answer. */
@NullMarked
package io.gantry.monitoring.watch;

import org.jspecify.annotations.NullMarked;
