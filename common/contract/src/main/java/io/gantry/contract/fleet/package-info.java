/** What the lifecycle manager tells of the fleet: its machines, the platform's services on them, who may use it. */
@NullMarked
package io.gantry.contract.fleet;

import org.jspecify.annotations.NullMarked;
