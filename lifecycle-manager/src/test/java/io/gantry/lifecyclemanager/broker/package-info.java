@NullMarked
package io.gantry.lifecyclemanager.broker;

import org.jspecify.annotations.NullMarked;
