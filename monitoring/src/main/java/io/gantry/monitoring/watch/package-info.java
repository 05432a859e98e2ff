/** Watches the fleet's machines, the platform's services and apps' instances: asks them again and again, and judges what they answer. */
@NullMarked
package io.gantry.monitoring.watch;

import org.jspecify.annotations.NullMarked;
