/** Names a node for each instance asked about, and keeps what is reserved where. */
@NullMarked
package io.gantry.loadbalancer.reservation;

import org.jspecify.annotations.NullMarked;
