/** The platform as the command line sees it: REST calls, problems, streams of events. */
@NullMarked
package io.gantry.bootstrapper.platform;

import org.jspecify.annotations.NullMarked;
