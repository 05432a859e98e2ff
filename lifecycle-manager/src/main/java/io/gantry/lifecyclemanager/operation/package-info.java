/** What was asked of the lifecycle manager, and what became of it. */
@NullMarked
package io.gantry.lifecyclemanager.operation;

import org.jspecify.annotations.NullMarked;
