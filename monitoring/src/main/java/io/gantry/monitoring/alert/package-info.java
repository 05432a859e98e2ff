/** What people are told of, whether or not they look. */
@NullMarked
package io.gantry.monitoring.alert;

import org.jspecify.annotations.NullMarked;
