/** The front door for app developers: apps, uploads, versions, deployments, schedules. */
@NullMarked
package io.gantry.scheduler;

import org.jspecify.annotations.NullMarked;
