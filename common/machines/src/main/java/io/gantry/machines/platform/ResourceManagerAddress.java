package io.gantry.machines.platform;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a fleet's machines are asked for, if that is not where their provider usually is. Nothing of it is a secret.
 *
 * @param certificates in which it is believed, in PEM; null: those that Java believes in
 */
public record ResourceManagerAddress(URI address, @Nullable String certificates) {}
