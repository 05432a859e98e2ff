@NullMarked
package io.gantry.machines.platform;

import org.jspecify.annotations.NullMarked;
