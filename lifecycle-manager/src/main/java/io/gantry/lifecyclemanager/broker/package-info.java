/** Kafka, which comes later than the lifecycle manager that starts it. */
@NullMarked
package io.gantry.lifecyclemanager.broker;

import org.jspecify.annotations.NullMarked;
