/** The fleet's own verbs: up, status, down, recover. What is done here needs no platform, only machines and their engines. */
@NullMarked
package io.gantry.bootstrapper.fleet;

import org.jspecify.annotations.NullMarked;
