/** Who a part of the platform is in Azure. */
@NullMarked
package io.gantry.identity;

import org.jspecify.annotations.NullMarked;
