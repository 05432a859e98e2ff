/** What a fleet.yaml may say, and what it is told when it may not. */
@NullMarked
package io.gantry.fleet.file;

import org.jspecify.annotations.NullMarked;
