/** What a config.json may say, and what it is told when it may not. */
@NullMarked
package io.gantry.bundle.manifest;

import org.jspecify.annotations.NullMarked;
