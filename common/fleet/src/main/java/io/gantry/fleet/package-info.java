/** What a fleet is to be: its machines, the platform services on them, and what backs them. */
@NullMarked
package io.gantry.fleet;

import org.jspecify.annotations.NullMarked;
