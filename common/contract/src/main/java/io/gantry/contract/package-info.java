/** What the services say to each other: the ids, digests and words that all families of messages share. */
@NullMarked
package io.gantry.contract;

import org.jspecify.annotations.NullMarked;
