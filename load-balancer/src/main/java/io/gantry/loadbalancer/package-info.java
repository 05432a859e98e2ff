/** Says which node is best for an instance, and when a service needs more or fewer of them. */
@NullMarked
package io.gantry.loadbalancer;

import org.jspecify.annotations.NullMarked;
