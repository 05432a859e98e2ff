/** What every verb needs: the terminal, the platform, the options common to all, and how to end. */
@NullMarked
package io.gantry.bootstrapper.session;

import org.jspecify.annotations.NullMarked;
