/** Schedules: deployments that are asked for when their time comes. */
@NullMarked
package io.gantry.bootstrapper.schedule;

import org.jspecify.annotations.NullMarked;
