/** What a bundle's config.json says, and what is inferred where it says nothing. */
@NullMarked
package io.gantry.bundle.manifest;

import org.jspecify.annotations.NullMarked;
