@NullMarked
package io.gantry.lifecyclemanager.reconciliation;

import org.jspecify.annotations.NullMarked;
