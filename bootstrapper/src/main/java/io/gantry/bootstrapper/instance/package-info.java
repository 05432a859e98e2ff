/** What runs where: instances, nodes, logs, and how many there are to be. */
@NullMarked
package io.gantry.bootstrapper.instance;

import org.jspecify.annotations.NullMarked;
