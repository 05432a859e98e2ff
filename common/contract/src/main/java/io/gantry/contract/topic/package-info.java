/** The catalogue of topics: what is sent where, by whom to whom, and how long it is kept. */
@NullMarked
package io.gantry.contract.topic;

import org.jspecify.annotations.NullMarked;
