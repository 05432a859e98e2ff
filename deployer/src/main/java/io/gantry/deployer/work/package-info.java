/** Durable work: what is to be done after a commit, again and again until it is done or given up. */
@NullMarked
package io.gantry.deployer.work;

import org.jspecify.annotations.NullMarked;
