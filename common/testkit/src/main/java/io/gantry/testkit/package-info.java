/** What tests share: architecture rules, a settable clock, a real database and a real broker. */
@NullMarked
package io.gantry.testkit;

import org.jspecify.annotations.NullMarked;
