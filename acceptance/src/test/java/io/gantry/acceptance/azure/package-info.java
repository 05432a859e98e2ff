/** A fleet in Azure, from outside: of Azure only the resource manager is played, and who a machine is; all else is real. */
@NullMarked
package io.gantry.acceptance.azure;

import org.jspecify.annotations.NullMarked;
