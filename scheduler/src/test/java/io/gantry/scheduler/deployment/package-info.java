/** Deployments from request to end, over HTTP and Kafka. */
@NullMarked
package io.gantry.scheduler.deployment;

import org.jspecify.annotations.NullMarked;
