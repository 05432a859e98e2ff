/** The deployer's own book: which images were built, which instances were brought up. */
@NullMarked
package io.gantry.deployer.ledger;

import org.jspecify.annotations.NullMarked;
