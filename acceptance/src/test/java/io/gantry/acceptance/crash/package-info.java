/** The platform's processes, ended at any line: nothing is lost, nothing doubled. */
@NullMarked
package io.gantry.acceptance.crash;

import org.jspecify.annotations.NullMarked;
