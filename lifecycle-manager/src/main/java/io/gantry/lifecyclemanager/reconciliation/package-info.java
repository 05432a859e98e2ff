/** Makes the fleet what it is to be: observes, plans, executes, reports. */
@NullMarked
package io.gantry.lifecyclemanager.reconciliation;

import org.jspecify.annotations.NullMarked;
