/** What every service's REST surface shares: errors, refusal of foreign origins, limits, OpenAPI, health. */
@NullMarked
package io.gantry.web;

import org.jspecify.annotations.NullMarked;
