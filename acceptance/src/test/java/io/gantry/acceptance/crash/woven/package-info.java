/**
 * What is woven into a service to end its process at a chosen line. Uses nothing but the JDK: it lies beside the service's own
 * classes.
 */
@NullMarked
package io.gantry.acceptance.crash.woven;

import org.jspecify.annotations.NullMarked;
