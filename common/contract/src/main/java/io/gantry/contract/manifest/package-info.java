/** A service's manifest, normalised: what its config.json says with every default filled in. */
@NullMarked
package io.gantry.contract.manifest;

import org.jspecify.annotations.NullMarked;
