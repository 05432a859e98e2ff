@NullMarked
package io.gantry.deployer.request;

import org.jspecify.annotations.NullMarked;
