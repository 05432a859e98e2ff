/** The app that a test deploys, and what its developers hand in. */
@NullMarked
package io.gantry.deployer.app;

import org.jspecify.annotations.NullMarked;
