/** The services that the platform itself is made of. */
@NullMarked
package io.gantry.lifecyclemanager.platform;

import org.jspecify.annotations.NullMarked;
