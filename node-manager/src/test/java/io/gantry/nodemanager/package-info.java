/** The node-manager with a real database, a real broker and real engines. */
@NullMarked
package io.gantry.nodemanager;

import org.jspecify.annotations.NullMarked;
