/** What is asked of the deployer and what it reports. */
@NullMarked
package io.gantry.contract.deployer;

import org.jspecify.annotations.NullMarked;
