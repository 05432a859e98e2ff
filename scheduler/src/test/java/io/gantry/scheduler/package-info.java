/** The scheduler as its users and its neighbours meet it: over HTTP and Kafka, with a real database. */
@NullMarked
package io.gantry.scheduler;

import org.jspecify.annotations.NullMarked;
