@NullMarked
package io.gantry.registry;

import org.jspecify.annotations.NullMarked;
