/** Deployments that are asked for when their time comes. */
@NullMarked
package io.gantry.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
