/** What is long over is forgotten. */
@NullMarked
package io.gantry.database.history;

import org.jspecify.annotations.NullMarked;
