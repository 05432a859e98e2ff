/** API keys: made, listed and revoked here; all other services are told of them. */
@NullMarked
package io.gantry.lifecyclemanager.access;

import org.jspecify.annotations.NullMarked;
