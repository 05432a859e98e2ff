/** Requests: accepted once, taken forward leg by leg, answered once. */
@NullMarked
package io.gantry.deployer.request;

import org.jspecify.annotations.NullMarked;
