@NullMarked
package io.gantry.identity;

import org.jspecify.annotations.NullMarked;
