/** What the services say to each other: ids, message families and the catalogue of topics. */
@NullMarked
package io.gantry.contract;

import org.jspecify.annotations.NullMarked;
