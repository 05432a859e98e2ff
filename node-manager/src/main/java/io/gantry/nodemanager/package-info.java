/** The service registry: nodes and instances, what they use, what they log. */
@NullMarked
package io.gantry.nodemanager;

import org.jspecify.annotations.NullMarked;
