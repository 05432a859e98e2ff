@NullMarked
package io.gantry.azure;

import org.jspecify.annotations.NullMarked;
