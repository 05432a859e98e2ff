/** How a service signs in to the central database. */
@NullMarked
package io.gantry.database;

import org.jspecify.annotations.NullMarked;
