/** A backup as a file: encrypted, whole or not there, checked before anything is made of it. */
@NullMarked
package io.gantry.bootstrapper.backup;

import org.jspecify.annotations.NullMarked;
