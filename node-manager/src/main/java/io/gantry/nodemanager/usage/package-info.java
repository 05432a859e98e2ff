/** What nodes and the instances on them use, as their engines push it. */
@NullMarked
package io.gantry.nodemanager.usage;

import org.jspecify.annotations.NullMarked;
