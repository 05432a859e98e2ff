/** The container registry: where images go, and by what name. */
@NullMarked
package io.gantry.deployer.registry;

import org.jspecify.annotations.NullMarked;
