@NullMarked
package io.gantry.database;

import org.jspecify.annotations.NullMarked;
