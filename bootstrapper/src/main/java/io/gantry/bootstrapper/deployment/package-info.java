/** Deployments: asking for one, following it, telling how it ended. */
@NullMarked
package io.gantry.bootstrapper.deployment;

import org.jspecify.annotations.NullMarked;
