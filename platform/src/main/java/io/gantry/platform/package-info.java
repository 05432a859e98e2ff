/** The platform's services as the platform image runs them: one a process, all from the same class path. */
@NullMarked
package io.gantry.platform;

import org.jspecify.annotations.NullMarked;
